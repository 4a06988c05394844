package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.command.client.Answers;
import io.switchhook.command.terminal.Ink;
import io.switchhook.command.terminal.LocalTimes;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Tells the story of a call, event by event. */
final class CallTimeline {
  private static final int EXCERPT_LENGTH_MAX = 100;
  private static final String BELOW_EVENT = " ".repeat(15);

  private final Terminal terminal;
  private final Ink ink;
  private final Map<String, String> webhookNames;

  CallTimeline(Terminal terminal, Map<String, String> webhookNames) {
    this.terminal = terminal;
    this.ink = terminal.ink();
    this.webhookNames = webhookNames;
  }

  void print(JsonNode story) {
    var call = story.path("call");
    line(ink.bold("Call " + PlainText.line(Answers.text(call, "uid"))));
    line(facts(call));
    Answers.time(call, "started_at").ifPresent(at -> line(terminal.times().day(at)));
    for (var event : story.path("events")) {
      line("");
      event(event);
    }
    if (story.path("has_more_events").asBoolean()) {
      line("");
      line("The call has more events than are shown here.");
    }
  }

  private String facts(JsonNode call) {
    var parts = new ArrayList<String>();
    var direction = Words.direction(Answers.text(call, "direction"));
    var to = Answers.text(call, "rdnis");
    parts.add(
        direction
            + ", customer "
            + CallsCommand.number(call)
            + (to.isEmpty() ? "" : ", line " + to));
    parts.add(CallsCommand.stateAndStatus(call));
    var from = Answers.time(call, "started_at");
    var until = Answers.time(call, "last_at");
    if (from.isPresent() && until.isPresent()) {
      parts.add(LocalTimes.length(Duration.between(from.get(), until.get())));
    }
    return PlainText.line(String.join(" · ", parts));
  }

  private void event(JsonNode event) {
    var at = Answers.time(event, "accepted_at").map(terminal.times()::moment).orElse("");
    var sequence = Answers.text(event, "sequence");
    line("%-12s  %s  %s".formatted(at, ink.bold(sequence), ink.bold(happened(event))));
    switch (Answers.text(event, "routing")) {
      case "no_webhook" -> line(BELOW_EVENT + ink.faint("told to nobody: no webhook wants it"));
      case "pending" -> line(BELOW_EVENT + ink.faint("not routed yet"));
      default -> {}
    }
    for (var delivery : event.path("deliveries")) {
      delivery(delivery);
    }
  }

  private static String happened(JsonNode event) {
    var log = event.path("log");
    var kind = Answers.text(event, "kind");
    if (!kind.equals("in_call")) {
      return Words.kind(kind);
    }
    var users = new ArrayList<String>();
    log.path("users").forEach(user -> users.add(user.asText()));
    var state = Words.state(Answers.text(log, "call_state"));
    return PlainText.line(users.isEmpty() ? state : state + ": " + String.join(", ", users));
  }

  private void delivery(JsonNode delivery) {
    var id = Answers.text(delivery, "webhook");
    var outcome = Answers.text(delivery, "outcome");
    var attempts = delivery.path("attempts");
    var said = Words.emphasis(outcome, ink).apply(Words.outcome(outcome));
    var line = BELOW_EVENT + "→ " + PlainText.line(webhookNames.getOrDefault(id, id)) + ": " + said;
    if (outcome.equals("delivered") && attempts.size() == 1) {
      line(line + ", " + wentLike(attempts.get(0)) + sinceAccepted(delivery));
      return;
    }
    line(line + detailsLost(delivery) + nextAttempt(delivery));
    for (var attempt : attempts) {
      attempt(attempt);
    }
  }

  private static String sinceAccepted(JsonNode delivery) {
    var accepted = Answers.time(delivery, "accepted_at");
    var ended = Answers.time(delivery, "ended_at");
    return accepted.isPresent() && ended.isPresent()
        ? ", "
            + LocalTimes.length(Duration.between(accepted.get(), ended.get()))
            + " after acceptance"
        : "";
  }

  private static String detailsLost(JsonNode delivery) {
    return delivery.path("details_lost").asBoolean() ? " (details were lost)" : "";
  }

  private String nextAttempt(JsonNode delivery) {
    Optional<Instant> next = Answers.time(delivery, "next_attempt_at");
    return next.map(at -> ", next attempt " + terminal.times().full(at)).orElse("");
  }

  private void attempt(JsonNode attempt) {
    var at = Answers.time(attempt, "started_at").map(terminal.times()::moment).orElse("");
    line(
        BELOW_EVENT
            + "  "
            + Answers.text(attempt, "number")
            + ". "
            + at
            + "  "
            + wentLike(attempt));
    var excerpt = Answers.text(attempt, "body");
    if (!excerpt.isBlank() && !Answers.text(attempt, "status").startsWith("2")) {
      line(
          BELOW_EVENT
              + "     "
              + ink.faint("“" + PlainText.line(excerpt.strip(), EXCERPT_LENGTH_MAX) + "”"));
    }
  }

  /** {@code answered 503 in 4 ms}, {@code connection refused by 10.0.0.5:443 after 1 ms}. */
  static String wentLike(JsonNode attempt) {
    var status = Answers.text(attempt, "status");
    var took = LocalTimes.length(Duration.ofMillis(attempt.path("duration_ms").asLong()));
    var again = attempt.path("replay").asBoolean() ? ", told again" : "";
    return (status.isEmpty()
            ? PlainText.line(Answers.text(attempt, "words")) + " after " + took
            : "answered " + status + " in " + took)
        + again;
  }

  private void line(String text) {
    terminal.out().println(text);
  }
}
