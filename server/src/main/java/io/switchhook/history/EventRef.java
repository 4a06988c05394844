package io.switchhook.history;

import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import java.time.Instant;

/**
 * An event as history knows it: all of its journal record but the log itself.
 *
 * @param acceptedAt decides which day's file it is in, by UTC
 */
public record EventRef(
    CallId call,
    int partition,
    long offset,
    int sequence,
    Kind kind,
    Instant acceptedAt,
    Identity identity) {

  /** The reference to this record. */
  public static EventRef of(JournalRecord event) {
    return new EventRef(
        event.call(),
        event.partition(),
        event.offset(),
        event.sequence(),
        event.kind(),
        event.acceptedAt(),
        event.identity());
  }

  /** The event's id as receivers see it in {@code webhook-id}. */
  public String eventId() {
    return JournalRecord.eventId(call, sequence, identity);
  }
}
