package io.switchhook.calllog.v2;

import io.switchhook.calllog.Direction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event of MyOperator's Webhook v2: the twelve fields of the vendor's envelope. What is not
 * known is {@code ""}, a number or time that is not known is null. Events may come out of order and
 * more than once (the vendor says so).
 *
 * @param eventId {@code event_id}: the same in a repeat
 * @param companyId {@code company_id}
 * @param eventType {@code event_type} as it was written
 * @param eventSequence {@code event_sequence}: order in the call; null in a disposition
 * @param eventVersion {@code event_version}: a text or a number on the wire
 * @param timestamp when it was sent, not when it happened
 * @param channel {@code call} or {@code whatsapp}
 * @param direction {@code incoming} or {@code outgoing}
 * @param sessionId {@code session_id}: the call's uid; of a call never empty
 * @param systemIdentifier {@code system_identifier}: the service number; empty in a summary
 * @param customerIdentifier {@code customer_identifier}: the customer's number
 * @param call {@code payload}; of an event that is none of a call everything in it is empty
 */
public record Envelope(
    String eventId,
    String companyId,
    String eventType,
    @Nullable Integer eventSequence,
    String eventVersion,
    @Nullable Instant timestamp,
    String channel,
    String direction,
    String sessionId,
    String systemIdentifier,
    String customerIdentifier,
    CallPayload call) {

  /** What it tells of a call; empty when it is an event that is not known, or none of a call. */
  public Optional<EventType> type() {
    return EventType.of(eventType);
  }

  /** Incoming or outgoing, by the envelope or else the payload; empty when neither says. */
  public Optional<Direction> callDirection() {
    return directionOf(direction).or(() -> directionOf(call.direction()));
  }

  /** Says what it is, not whose: events hold telephone numbers. */
  @Override
  public String toString() {
    return "v2 event of " + call.legs().size() + " legs";
  }

  private static Optional<Direction> directionOf(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "incoming" -> Optional.of(Direction.INCOMING);
      case "outgoing" -> Optional.of(Direction.OUTGOING);
      default -> Optional.empty();
    };
  }
}
