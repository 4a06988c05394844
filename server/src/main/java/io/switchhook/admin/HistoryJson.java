package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.switchhook.event.Kind;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallFacts;
import io.switchhook.history.CallStory;
import io.switchhook.history.CallSummary;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.Page;
import io.switchhook.history.WebhookHealth;
import io.switchhook.journal.Flag;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls, deliveries and attempts as JSON. */
final class HistoryJson {
  /** What the words of outcomes that are given up begin with; the reason follows. */
  private static final String GIVEN_UP = "given_up_";

  private HistoryJson() {}

  static ObjectNode call(CallSummary call) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("uid", call.call().uid());
    json.put("started_at", call.startedAt().toString());
    json.put("last_at", call.lastAt().toString());
    json.put("events", call.events());
    return addFacts(json, call.facts());
  }

  /** What is known of a call, in the fields that stand wherever a call is told of. */
  static ObjectNode addFacts(ObjectNode json, CallFacts facts) {
    json.put("state", facts.state());
    json.put("direction", facts.direction());
    json.put("status", facts.status());
    json.put("clid", facts.clid());
    json.put("clid_raw", facts.clidRaw());
    json.put("rdnis", facts.rdnis());
    var users = json.putArray("users");
    facts.users().forEach(users::add);
    return json;
  }

  static ObjectNode story(CallStory story) {
    var json = JsonNodeFactory.instance.objectNode();
    json.set("call", call(story.summary()));
    var events = json.putArray("events");
    story.events().forEach(chapter -> events.add(event(chapter)));
    addGivenUp(json, givenUp(story));
    return json.put("has_more_events", story.hasMoreEvents());
  }

  private static ObjectNode event(CallStory.Chapter chapter) {
    var event = chapter.event();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", event.eventId());
    json.put("sequence", event.sequence());
    json.put("kind", word(event.kind()));
    json.put("accepted_at", event.acceptedAt().toString());
    json.put("happened_at", event.happenedAt().toString());
    json.put("derived", Flag.DERIVED.isIn(event.flags()));
    json.put("reconstructed", Flag.RECONSTRUCTED.isIn(event.flags()));
    // Byte for byte as it came: it was read as one JSON object when it was taken.
    json.putRawValue("log", new RawValue(event.body().utf8()));
    json.put(
        "routing",
        switch (chapter.routing()) {
          case NOT_YET -> "pending";
          case NO_WEBHOOK -> "no_webhook";
          case WEBHOOKS -> "webhooks";
        });
    var deliveries = json.putArray("deliveries");
    chapter.deliveries().forEach(row -> deliveries.add(delivery(row)));
    return json;
  }

  static ObjectNode delivery(DeliveryRow row) {
    var event = row.event();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("event_id", event.eventId());
    json.put("uid", event.call().uid());
    json.put("sequence", event.sequence());
    json.put("kind", word(event.kind()));
    json.put("accepted_at", event.acceptedAt().toString());
    json.put("webhook", row.webhook().value());
    json.put("outcome", row.outcome().word());
    json.put("ended_at", text(row.endedAt()));
    json.put("next_attempt_at", text(row.nextAttemptAt()));
    json.put("details_lost", row.detailsLost());
    var attempts = json.putArray("attempts");
    row.attempts().forEach(attempt -> write(attempts, attempt));
    return json;
  }

  private static void write(ArrayNode attempts, AttemptRow attempt) {
    var json = attempts.addObject();
    json.put("number", attempt.number());
    json.put("started_at", attempt.startedAt().toString());
    json.put("duration_ms", attempt.took().toNanos() / 1_000_000.0);
    json.put("status", attempt.status());
    json.put("words", attempt.words());
    var headers = json.putArray("headers");
    attempt.answerHeaders().forEach(header -> headers.add(header.name() + ": " + header.value()));
    json.put("body", attempt.answerExcerpt().utf8());
    json.put("cut", attempt.answerCut());
    json.put("next_attempt_at", text(attempt.nextAttemptAt()));
    json.put("replay", attempt.replay());
  }

  private static void addGivenUp(ObjectNode json, Map<DeliveryOutcome, Long> counts) {
    var givenUp = json.putObject("given_up");
    new TreeMap<>(counts)
        .forEach(
            (outcome, count) -> givenUp.put(outcome.word().substring(GIVEN_UP.length()), count));
  }

  private static Map<DeliveryOutcome, Long> givenUp(CallStory story) {
    return story.events().stream()
        .flatMap(chapter -> chapter.deliveries().stream())
        .map(DeliveryRow::outcome)
        .filter(DeliveryOutcome::isGivenUp)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Adds to a webhook's JSON how it stands. */
  static void addHealth(ObjectNode webhook, WebhookHealth health) {
    webhook.put("backlog", health.backlog());
    addGivenUp(webhook, health.givenUp());
    var failure = health.lastFailure();
    if (failure == null) {
      webhook.putNull("last_failure");
      return;
    }
    webhook
        .putObject("last_failure")
        .put("at", failure.at().toString())
        .put("attempt", failure.attempt())
        .put("status", failure.status())
        .put("words", failure.words());
  }

  /** Where a list goes on; null at its end. */
  static @Nullable String next(Page<?> page) {
    return page.next() == null ? null : page.next().text();
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
