package io.switchhook.console.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.console.CallWords;
import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.DeliveryWords;
import io.switchhook.history.CallStory.Chapter;
import io.switchhook.history.DeliveryRow;
import io.switchhook.journal.JournalRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event of a call in the list below its picture. */
record EventView(
    int sequence,
    Instant acceptedAt,
    Badge badge,
    String kind,
    String users,
    String routing,
    List<DeliveryView> deliveries,
    String href) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  EventView {
    deliveries = List.copyOf(deliveries);
  }

  /** How one webhook was told. */
  record DeliveryView(String webhook, Badge badge, String words) {}

  /** How a webhook is called. */
  interface Names {
    String of(DeliveryRow row);
  }

  static EventView of(Chapter chapter, Names names, String href) {
    var event = chapter.event();
    return new EventView(
        event.sequence(),
        event.acceptedAt(),
        badge(event),
        kind(event),
        field(event, "users"),
        switch (chapter.routing()) {
          case NOT_YET -> "not looked at yet";
          case NO_WEBHOOK -> "no webhook wants it";
          case WEBHOOKS -> "";
        },
        chapter.deliveries().stream()
            .map(
                row ->
                    new DeliveryView(
                        names.of(row),
                        DeliveryWords.badge(row.outcome()),
                        DeliveryWords.attempts(row)))
            .toList(),
        href);
  }

  /** The event's state; for the record of a whole call, that it is one. */
  static Badge badge(JournalRecord event) {
    return switch (event.kind()) {
      case IN_CALL ->
          CallWords.badge(
              Optional.of(field(event, "call_state"))
                  .filter(state -> state.matches("[1-9]"))
                  .map(Integer::valueOf)
                  .orElse(null),
              field(event, "status"));
      case AFTER_CALL -> new Badge("record", "record of the call");
      case DISPOSITION -> new Badge("record", "disposition");
      case NOTE -> new Badge("unknown", "note");
    };
  }

  static String kind(JournalRecord event) {
    return switch (event.kind()) {
      case IN_CALL -> "in-call log";
      case AFTER_CALL -> "after-call log";
      case DISPOSITION -> "disposition";
      case NOTE -> "note";
    };
  }

  /** The log with line breaks, for people; as it came when it cannot be read. */
  static String pretty(JournalRecord event) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(JSON.readTree(event.body().utf8()));
    } catch (JsonProcessingException e) {
      return event.body().utf8();
    }
  }

  private static String field(JournalRecord event, String name) {
    return switch (CallLogReader.read(event.body().array())) {
      case ReadResult.Read(var log) -> String.join(", ", log.values(name));
      case ReadResult.Malformed _ -> "";
    };
  }
}
