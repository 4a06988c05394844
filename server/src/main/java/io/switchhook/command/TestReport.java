package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.command.client.Answers;
import io.switchhook.command.terminal.LocalTimes;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import java.time.Duration;

/** Shows what a webhook's test sent and what came back. */
final class TestReport {
  private static final int BODY_LENGTH_MAX = 2_000;

  private final Terminal terminal;

  TestReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints it; true when the receiver answered 2xx. */
  boolean print(JsonNode answer) {
    var request = answer.path("request");
    var ink = terminal.ink();
    line(ink.bold("Sent"));
    line(
        "  "
            + PlainText.line(Answers.text(request, "method") + " " + Answers.text(request, "url")));
    headers(request);
    body(request);
    line("");
    line(ink.bold("Came back after " + LocalTimes.length(took(answer))));
    var came = answer.path("answer");
    if (came.isObject()) {
      line("  status " + Answers.text(came, "status"));
      headers(came);
      body(came);
    } else {
      line("  nothing: " + PlainText.line(Answers.text(answer, "words")));
    }
    return Answers.text(answer, "outcome").equals("delivered");
  }

  private static Duration took(JsonNode answer) {
    return Duration.ofMillis(answer.path("took_ms").asLong());
  }

  private void headers(JsonNode message) {
    for (var header : message.path("headers")) {
      line("  " + PlainText.line(header.asText()));
    }
  }

  private void body(JsonNode message) {
    var body = Answers.text(message, "body");
    if (!body.isEmpty()) {
      line("");
      line("  " + PlainText.line(body, BODY_LENGTH_MAX));
    }
  }

  private void line(String text) {
    terminal.out().println(text);
  }
}
