package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.client.Pages;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code calls list}, {@code calls show}, {@code calls tail}, {@code calls start}. */
@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Shows calls and what became of them, and starts some.", ""},
    synopsisSubcommandLabel = "(list|show|tail|start)",
    footer = {
      "",
      "Examples:",
      "  switchhook calls list --number 36496     the calls of a number, from its start or its end",
      "  switchhook calls list --state 5          where users are being dialed now",
      "  switchhook calls show n2.1596270949.2175190",
      "  switchhook calls tail                    what happens now, line by line",
      "  switchhook calls start --user u101 +919711636496    rings u101, then the number"
    })
final class CallsCommand extends Group {
  private final Terminal terminal;

  CallsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What narrows a list of calls. */
  static final class CallFilter {
    @Option(
        names = "--state",
        paramLabel = "N",
        description = {
          "Only calls whose last state is N: 1 incoming call on server, 2 call finished, 3"
              + " initiated by user, 4 first party no answer, 5 dialing users, 6 user answered,"
              + " 7 client rejected, 9 no user picked."
        })
    @Nullable Integer state;

    @Option(
        names = "--number",
        paramLabel = "DIGITS",
        description = "Only calls of a customer whose number begins or ends with these digits.")
    String number = "";

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description = "Only calls in which a user had a part whose name or number begins so.")
    String user = "";

    @Option(
        names = "--reference",
        paramLabel = "ID",
        description = "Only calls whose client_ref_id or reference_id begins so.")
    String reference = "";
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists calls, newest first.")
  int list(@Mixin CallFilter filter, @Mixin Period period, @Mixin ClientOptions client) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("state", filter.state == null ? "" : filter.state.toString());
    parameters.put("number", filter.number);
    parameters.put("user", filter.user);
    parameters.put("reference", filter.reference);
    period.addTo(parameters);
    try (var api = client.connect(terminal)) {
      var path = Api.path("companies", client.company(), "calls");
      var found = Pages.read(api, path, parameters, new Pages.Wanted("calls", period.limit));
      if (client.wantsJson()) {
        Answers.print(JsonNodeFactory.instance.objectNode().set("calls", found.items()), terminal);
        return 0;
      }
      print(found);
    }
    return 0;
  }

  private void print(Pages.Items found) {
    if (found.items().isEmpty()) {
      terminal.out().println("No such calls.");
      return;
    }
    var table = new Table("SINCE", "CALL", "NUMBER", "DIRECTION", "STATE", "EVENTS");
    for (var call : found.items()) {
      table.add(
          Answers.localTime(call, "started_at", terminal),
          Answers.text(call, "uid"),
          number(call),
          Words.direction(Answers.text(call, "direction")),
          stateAndStatus(call),
          Answers.text(call, "events"));
    }
    table.print(terminal.out(), terminal.ink());
    if (found.hasMore()) {
      terminal.out().println("There are more: --limit shows them.");
    }
  }

  /** The customer's number. */
  static String number(JsonNode call) {
    var raw = Answers.text(call, "clid_raw");
    return Words.orDash(raw.isEmpty() ? Answers.text(call, "clid") : raw);
  }

  /** The state in words, and with it how the call ended. */
  static String stateAndStatus(JsonNode call) {
    var status = Words.status(Answers.text(call, "status"));
    var state = Words.state(Answers.text(call, "state"));
    return status.isEmpty() ? state : state + ", " + status;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Tells the story of a call: its events, who was told, each attempt, what came back.")
  int show(
      @Parameters(paramLabel = "UID", description = "The call's uid, from 'calls list'.")
          String uid,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var story = api.get(Api.path("companies", client.company(), "calls", uid)).body();
      if (client.wantsJson()) {
        Answers.print(story, terminal);
      } else {
        new CallTimeline(terminal, webhookNames(api, client)).print(story);
      }
    }
    return 0;
  }

  @Command(
      name = "tail",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Prints calls and deliveries as they happen, until Ctrl-C.",
        "When the connection is lost it comes back and tells what happened meanwhile.",
        ""
      })
  int tail(@Mixin ClientOptions client) throws InterruptedException {
    try (var api = client.connect(terminal)) {
      var names = webhookNames(api, client);
      new TailCalls(terminal, names, client.wantsJson())
          .follow(api, Api.path("companies", client.company(), "live"));
    }
    return 0;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Starts a call through a source that may: click to call with --user, OBD with --ivr.",
        "Its key needs the right to start calls.",
        ""
      })
  int start(
      @Parameters(paramLabel = "NUMBER", description = "The customer's, as +919711636496.")
          String number,
      @Mixin StartCallOptions options,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var path = Api.path("companies", client.company(), "calls");
      var started = api.post(path, options.json(number)).body();
      if (client.wantsJson()) {
        Answers.print(started, terminal);
      } else {
        terminal
            .out()
            .printf(
                "The call is started: uid %s, reference_id %s%n",
                Answers.text(started, "uid"), Answers.text(started, "reference_id"));
      }
    }
    return 0;
  }

  private static Map<String, String> webhookNames(Api api, ClientOptions client) {
    var names = new HashMap<String, String>();
    var answer = api.get(Api.path("companies", client.company(), "webhooks")).body();
    for (var webhook : answer.path("webhooks")) {
      names.put(Answers.text(webhook, "id"), Answers.text(webhook, "name"));
    }
    return names;
  }
}
