package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.history.EventRef;
import io.switchhook.live.Happening;
import java.util.Locale;

/** Happenings as server-sent events whose data is a line of JSON. */
final class LiveJson {
  /** Something is missing between what the reader had and what comes now. */
  static final String GAP =
      "event: gap\ndata: "
          + JsonNodeFactory.instance
              .objectNode()
              .put(
                  "words",
                  "What happened since is no longer at hand; read it from /calls and /deliveries.")
          + "\n\n";

  private LiveJson() {}

  /** One event of the stream. */
  static String frame(Happening happening) {
    return switch (happening) {
      case Happening.OfCall call -> frame("call", call(call));
      case Happening.OfDelivery delivery -> frame("delivery", delivery(delivery));
    };
  }

  private static String frame(String name, ObjectNode data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static ObjectNode call(Happening.OfCall call) {
    var json = event(call.event());
    json.put("accepted_at", call.event().acceptedAt().toString());
    return HistoryJson.addFacts(json, call.facts());
  }

  private static ObjectNode delivery(Happening.OfDelivery delivery) {
    var took = delivery.took();
    var next = delivery.nextAttemptAt();
    return event(delivery.event())
        .put("webhook", delivery.webhook().value())
        .put("outcome", delivery.outcome().word())
        .put("at", delivery.at().toString())
        .put("attempt", delivery.attempt() == 0 ? null : delivery.attempt())
        .put("status", delivery.status())
        .put("words", delivery.words().isEmpty() ? null : delivery.words())
        .put("duration_ms", took == null ? null : took.toNanos() / 1_000_000.0)
        .put("next_attempt_at", next == null ? null : next.toString());
  }

  private static ObjectNode event(EventRef event) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event_id", event.eventId())
        .put("uid", event.call().uid())
        .put("sequence", event.sequence())
        .put("kind", event.kind().name().toLowerCase(Locale.ROOT));
  }
}
