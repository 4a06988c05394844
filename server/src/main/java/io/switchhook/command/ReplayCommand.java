package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.ProgressLine;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.When;
import io.switchhook.command.terminal.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay start}, {@code list}, {@code show}, {@code cancel}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Tells a webhook again what was given up, or what it was told.", ""},
    synopsisSubcommandLabel = "(start|list|show|cancel)",
    footer = {
      "",
      "Examples:",
      "  switchhook replay start wh_3f9a0c11d2e84b76 --from 2d             what was given up since",
      "  switchhook replay start wh_3f9a0c11d2e84b76 --from 2026-11-22 --to 2026-11-23 --only all",
      "  switchhook replay start wh_3f9a0c11d2e84b76 --uid n2.1596270949.2175190"
    })
final class ReplayCommand extends Group {
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(500);

  private final Terminal terminal;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What is to be told again. */
  static final class WhatAgain {
    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "What was accepted from this time on: " + When.ALLOWED + ".")
    @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "And before this time.")
    @Nullable Instant to;

    @Option(
        names = "--only",
        paramLabel = "WHICH",
        description =
            "failed: what was given up and not told since. all: what was told, too. Default:"
                + " failed, but all of a call with --uid.")
    String only = "";

    @Option(names = "--uid", paramLabel = "UID", description = "Only this call, instead of a time.")
    String uid = "";

    JsonNode json() {
      var json = JsonNodeFactory.instance.objectNode();
      if (from != null) {
        json.put("from", from.toString());
      }
      if (to != null) {
        json.put("to", to.toString());
      }
      if (!only.isEmpty()) {
        json.put("only", only);
      }
      return uid.isEmpty() ? json : json.put("uid", uid);
    }
  }

  /** How it is begun. */
  static final class Manner {
    @Option(names = "--dry-run", description = "Only count; start nothing.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before it starts.")
    boolean yes;

    @Option(names = "--follow", description = "Wait until it is over, and show how far it is.")
    boolean follow;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Counts what would be told again, asks, and starts.",
        "Events come in their order, each call by itself, with switchhook-replay: true. What happens"
            + " in a call meanwhile waits for it.",
        ""
      })
  int start(
      @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id, from 'webhook list'.")
          String webhook,
      @Mixin WhatAgain what,
      @Mixin Manner manner,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var path = Api.path("companies", client.company(), "webhooks", webhook, "replays");
      var counted = api.post(path + "?dry_run=true", what.json()).body();
      if (manner.dryRun) {
        return tellCount(counted, client);
      }
      if (counted.path("total").asLong() == 0) {
        terminal.out().println("There is nothing to tell again." + gone(counted));
        return 0;
      }
      if (!manner.yes && terminal.isInteractive() && !isWanted(counted)) {
        terminal.out().println("Nothing was started.");
        return 1;
      }
      return begun(api, api.post(path, what.json()).body(), manner, client);
    }
  }

  private int tellCount(JsonNode counted, ClientOptions client) {
    if (client.wantsJson()) {
      Answers.print(counted, terminal);
    } else {
      terminal.out().println(sentence(counted) + " Nothing was started.");
    }
    return 0;
  }

  private String sentence(JsonNode counted) {
    var total = counted.path("total").asLong();
    return Words.count(total, "event") + " would be told again." + gone(counted);
  }

  /** That what is kept begins later than what was asked for, as a sentence; empty when not. */
  private String gone(JsonNode counted) {
    return Answers.time(counted, "kept_from")
        .map(at -> " Nothing is kept from before " + terminal.times().full(at) + ".")
        .orElse("");
  }

  private boolean isWanted(JsonNode counted) {
    terminal.err().print(sentence(counted) + " Start? [y/N] ");
    terminal.err().flush();
    try {
      var answer =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException _) {
      return false;
    }
  }

  private int begun(Api api, JsonNode replay, Manner manner, ClientOptions client) {
    var id = Answers.text(replay, "id");
    if (manner.follow) {
      return follow(api, id, client);
    }
    if (client.wantsJson()) {
      Answers.print(replay, terminal);
      return 0;
    }
    var total = Words.count(replay.path("total").asLong(), "event");
    terminal.out().println("Replay " + id + " tells " + total + " again.");
    terminal.out().println("How far it is: switchhook replay show " + id);
    return 0;
  }

  private int follow(Api api, String id, ClientOptions client) {
    var path = path(client, id);
    var replay = api.get(path).body();
    try (var progress = new ProgressLine(terminal)) {
      while (Answers.text(replay, "state").equals("running")) {
        progress.show("Replay " + id + ": " + soFar(replay));
        LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
        if (Thread.interrupted()) {
          throw new CommandFailedException("Interrupted; the replay goes on.");
        }
        replay = api.get(path).body();
      }
    }
    if (client.wantsJson()) {
      Answers.print(replay, terminal);
    } else {
      terminal.out().println("Replay " + id + " is " + state(replay) + ": " + soFar(replay) + ".");
    }
    return Answers.text(replay, "state").equals("done") ? 0 : 1;
  }

  private static String soFar(JsonNode replay) {
    var done = replay.path("done").asLong();
    var total = replay.path("total").asLong();
    var percent = total == 0 ? 100 : done * 100 / total;
    return String.format(
        Locale.ROOT, "%,d of %s (%d %%)", done, Words.count(total, "event"), percent);
  }

  private static String state(JsonNode replay) {
    var reason = Answers.text(replay, "reason");
    return PlainText.line(Answers.text(replay, "state") + (reason.isEmpty() ? "" : ", " + reason));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists the replays of a webhook, newest first.")
  int list(
      @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.") String webhook,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var path = Api.path("companies", client.company(), "webhooks", webhook, "replays");
      var answer = api.get(path).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      var table = new Table("REQUESTED", "REPLAY", "OF", "STATE", "TOLD");
      for (var replay : answer.path("replays")) {
        table.add(
            Answers.localTime(replay, "requested_at", terminal),
            Answers.text(replay, "id"),
            what(replay),
            state(replay),
            soFar(replay));
      }
      if (table.isEmpty()) {
        terminal.out().println("No replays of this webhook.");
      } else {
        table.print(terminal.out(), terminal.ink());
      }
    }
    return 0;
  }

  private String what(JsonNode replay) {
    var which = Answers.text(replay, "only").equals("all") ? "all" : "what was given up";
    var uid = Answers.text(replay, "uid");
    if (!uid.isEmpty()) {
      return which + " of call " + uid;
    }
    var from = Answers.time(replay, "from").map(at -> " from " + terminal.times().full(at));
    var to = Answers.time(replay, "to").map(at -> " to " + terminal.times().full(at));
    return which + from.orElse("") + to.orElse("");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Shows how far a replay is.")
  int show(
      @Parameters(paramLabel = "REPLAY", description = "The replay's id.") String replay,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      print(api.get(path(client, replay)).body(), client);
    }
    return 0;
  }

  private void print(JsonNode replay, ClientOptions client) {
    if (client.wantsJson()) {
      Answers.print(replay, terminal);
      return;
    }
    var out = terminal.out();
    out.println("Replay " + PlainText.line(Answers.text(replay, "id")) + " is " + state(replay));
    out.println("to webhook    " + PlainText.line(Answers.text(replay, "webhook")));
    out.println("of            " + PlainText.line(what(replay)));
    out.println("told          " + soFar(replay));
    var gone = replay.path("gone").asLong();
    if (gone > 0) {
      out.println(
          "gone          " + Words.count(gone, "event") + ": dropped by retention meanwhile");
    }
    Answers.time(replay, "kept_from")
        .ifPresent(at -> out.println("kept from     " + terminal.times().full(at)));
    out.println("requested at  " + Answers.localTime(replay, "requested_at", terminal));
    Answers.time(replay, "finished_at")
        .ifPresent(at -> out.println("over at       " + terminal.times().full(at)));
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Ends a replay early. What was told stays told.")
  int cancel(
      @Parameters(paramLabel = "REPLAY", description = "The replay's id.") String replay,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      print(api.delete(path(client, replay)).body(), client);
    }
    return 0;
  }

  private static String path(ClientOptions client, String replay) {
    return Api.path("companies", client.company(), "replays", replay);
  }
}
