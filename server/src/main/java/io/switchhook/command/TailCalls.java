package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ConnectionLostException;
import io.switchhook.command.client.LiveLines;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints calls and deliveries as they happen; comes back by itself when the connection is lost. */
final class TailCalls {
  private static final String LINE = "%-12s  %-24s  %-16s  %s";
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final Terminal terminal;
  private final Map<String, String> webhooks;
  private final boolean wantsJson;

  TailCalls(Terminal terminal, Map<String, String> webhooks, boolean wantsJson) {
    this.terminal = terminal;
    this.webhooks = Map.copyOf(webhooks);
    this.wantsJson = wantsJson;
  }

  /** Follows until this process is stopped. */
  void follow(Api api, String path) throws InterruptedException {
    if (!wantsJson) {
      terminal
          .out()
          .println(terminal.ink().bold(LINE.formatted("TIME", "CALL", "NUMBER", "WHAT HAPPENED")));
    }
    var lines = new LiveLines(this::print);
    long pause = 500;
    while (true) {
      var before = lines.lastId();
      try {
        api.follow(path, lines);
      } catch (ConnectionLostException lost) {
        terminal.err().println(lost.getMessage() + " Trying again; Ctrl-C ends it.");
      }
      pause = lines.lastId().equals(before) ? Math.min(2 * pause, PAUSE_MILLIS_MAX) : 500;
      Thread.sleep(pause);
    }
  }

  private void print(String name, JsonNode data) {
    if (wantsJson) {
      terminal.out().println(data);
      return;
    }
    switch (name) {
      case "call" -> print(data, "accepted_at", called(data));
      case "delivery" -> print(data, "at", delivered(data));
      case "gap" ->
          terminal.err().println("Some of what happened was missed; 'calls list' shows it.");
      default -> {} // What later versions tell.
    }
  }

  private void print(JsonNode data, String time, String what) {
    terminal
        .out()
        .println(
            LINE.formatted(
                moment(data, time),
                PlainText.line(Answers.text(data, "uid"), 24),
                PlainText.line(data.has("clid") ? CallsCommand.number(data) : "", 16),
                what));
  }

  private String moment(JsonNode data, String field) {
    return Answers.time(data, field).map(at -> terminal.times().moment(at)).orElse("–");
  }

  private static String called(JsonNode data) {
    if (!Answers.text(data, "kind").equals("in_call")) {
      return Words.kind(Answers.text(data, "kind"))
          + Optional.of(Words.status(Answers.text(data, "status")))
              .filter(status -> !status.isEmpty())
              .map(status -> ": " + status)
              .orElse("");
    }
    var users =
        StreamSupport.stream(data.path("users").spliterator(), /* parallel= */ false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return PlainText.line(
        CallsCommand.stateAndStatus(data) + (users.isEmpty() ? "" : ": " + users), 60);
  }

  private String delivered(JsonNode data) {
    var outcome = Answers.text(data, "outcome");
    var id = Answers.text(data, "webhook");
    var words = Answers.text(data, "words");
    var text =
        "→ "
            + webhooks.getOrDefault(id, id)
            + ": "
            + Words.outcome(outcome)
            + (words.isEmpty() ? "" : ", " + words);
    return Words.emphasis(outcome, terminal.ink()).apply(PlainText.line(text, 100));
  }
}
