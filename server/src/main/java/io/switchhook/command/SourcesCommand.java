package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Table.Cell;
import io.switchhook.command.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sources list}, {@code test}, {@code channels}, {@code unread}. */
@Command(
    name = "sources",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the phone systems that are listened to, and tries them.",
      "They are named in the settings file of the server; docs/asterisk.md and docs/myoperator.md say",
      "how.",
      ""
    },
    synopsisSubcommandLabel = "(list|test|channels|unread)")
final class SourcesCommand extends Group {
  private static final int BODY_SHOWN_MAX = 300;

  private final Terminal terminal;

  SourcesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists the sources: whether each hears, since when, and what is wrong.")
  int list(@Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.get(path(client)).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      var ink = terminal.ink();
      var table = new Table("NAME", "TYPE", "STATE", "SINCE", "LAST EVENT", "PROBLEMS");
      for (var source : answer.path("sources")) {
        var isConnected = Answers.text(source, "state").equals("connected");
        table.add(
            Cell.of(Answers.text(source, "name")),
            Cell.of(Answers.text(source, "type")),
            new Cell(Answers.text(source, "state"), isConnected ? ink::good : ink::warning),
            Cell.of(Answers.localTime(source, "since", terminal)),
            Cell.of(lastEvent(source)),
            Cell.of(problems(source)));
      }
      if (table.isEmpty()) {
        terminal
            .out()
            .println("No sources. Name them in the settings file; docs/asterisk.md says how.");
      } else {
        table.print(terminal.out(), ink);
      }
    }
    return 0;
  }

  private String lastEvent(JsonNode source) {
    return source.path("last_event_at").isTextual()
        ? Answers.localTime(source, "last_event_at", terminal)
        : "–";
  }

  private static String problems(JsonNode source) {
    var words = new ArrayList<String>();
    source.path("problems").forEach(it -> words.add(PlainText.line(it.asText())));
    return words.isEmpty() ? "–" : String.join(" ", words);
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Tries a source now, and says in words what is missing.")
  int test(
      @Parameters(paramLabel = "NAME", description = "The source's name, from 'sources list'.")
          String name,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer =
          api.post(path(client, name, "test"), JsonNodeFactory.instance.objectNode()).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
      } else {
        answer.path("found").forEach(this::print);
      }
      return answer.path("passed").asBoolean() ? 0 : 1;
    }
  }

  private void print(JsonNode finding) {
    var words = PlainText.line(Answers.text(finding, "words"));
    var ink = terminal.ink();
    var line =
        switch (Answers.text(finding, "weight")) {
          case "fine" -> ink.good("  fine     ") + words;
          case "warning" -> ink.warning("  warning  ") + words;
          default -> ink.bad("  wrong    ") + words;
        };
    terminal.out().println(line);
  }

  @Command(
      name = "channels",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Shows the last 200 channels that a phone system had, the newest first: whether each was",
        "taken for a user's, a trunk's or nobody's, and why. For when a call was not told."
      })
  int channels(
      @Parameters(paramLabel = "NAME", description = "The source's name, from 'sources list'.")
          String name,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.get(path(client, name, "channels")).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
      } else {
        printChannels(answer);
      }
    }
    return 0;
  }

  private void printChannels(JsonNode answer) {
    var ink = terminal.ink();
    var table = new Table("SEEN", "CHANNEL", "TAKEN FOR", "WHY");
    for (var channel : answer.path("channels")) {
      var isIgnored = Answers.text(channel, "understood").equals("ignored");
      table.add(
          Cell.of(Answers.localTime(channel, "at", terminal)),
          Cell.of(Answers.text(channel, "name")),
          new Cell(Answers.text(channel, "understood"), isIgnored ? ink::warning : ink::good),
          Cell.of(Answers.text(channel, "why")));
    }
    if (table.isEmpty()) {
      terminal.out().println("No channel was seen since the server's start.");
      return;
    }
    table.print(terminal.out(), ink);
    for (var ignored : answer.path("ignored")) {
      var line = "ignored since the start: " + ignored.path("count").asLong() + " × ";
      terminal.out().println(line + PlainText.line(Answers.text(ignored, "why")));
    }
  }

  @Command(
      name = "unread",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Shows what came to a source's door and could not be read, and why.",
        "With --retry it is read again with the settings of today, and told."
      })
  int unread(
      @Parameters(paramLabel = "NAME", description = "The source's name, from 'sources list'.")
          String name,
      @Option(names = "--retry", description = "Reads all of it again.") boolean retry,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer =
          retry
              ? api.post(
                      path(client, name, "unread", "retry"), JsonNodeFactory.instance.objectNode())
                  .body()
              : api.get(path(client, name, "unread")).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
      } else if (retry) {
        terminal
            .out()
            .println(
                "Read and told now: "
                    + answer.path("read").asLong()
                    + ". Still unread: "
                    + answer.path("unread").asLong()
                    + ".");
      } else {
        printUnread(answer);
      }
    }
    return 0;
  }

  private void printUnread(JsonNode answer) {
    for (var request : answer.path("unread")) {
      var body = Answers.text(request, "body");
      var query = Answers.text(request, "query");
      terminal
          .out()
          .println(
              Answers.localTime(request, "received_at", terminal)
                  + "  "
                  + PlainText.line(Answers.text(request, "method"))
                  + (query.isEmpty() ? "" : "  ?" + PlainText.line(query)));
      terminal.out().println("  " + PlainText.line(Answers.text(request, "reason")));
      if (!body.isEmpty()) {
        terminal.out().println("  " + PlainText.line(cut(body)));
      }
    }
    var count = answer.path("count").asLong();
    terminal
        .out()
        .println(
            count == 0
                ? "Everything could be read."
                : count + " unread in all; --json shows them whole, --retry reads them again.");
  }

  private static String cut(String body) {
    return body.length() <= BODY_SHOWN_MAX ? body : body.substring(0, BODY_SHOWN_MAX) + "…";
  }

  private static String path(ClientOptions client, String... rest) {
    var parts = new ArrayList<>(List.of("companies", client.company(), "sources"));
    parts.addAll(List.of(rest));
    return Api.path(parts.toArray(String[]::new));
  }
}
