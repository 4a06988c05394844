package io.switchhook.delivery.engine;

import io.switchhook.journal.JournalRecord;
import java.time.Instant;

/**
 * An event at hand for a lane.
 *
 * @param previous the sequence of the nearest earlier event of the call that matched the webhook; 0
 *     if none, {@link Lane#UNKNOWN} when it has yet to be read
 * @param disabledBefore how many events between that lane's item before and this one the webhook's
 *     versions gave up
 * @param opensCall what the lane told before belongs to an earlier call with the same uid
 * @param wasGivenUp a replay tells what had been given up
 */
record Item(
    JournalRecord event,
    int previous,
    int disabledBefore,
    boolean opensCall,
    Instant expiresAt,
    boolean wasGivenUp) {
  /** An event as it was routed, before its lane says what came before it. */
  static Item routed(JournalRecord event, Instant expiresAt) {
    return new Item(event, 0, 0, /* opensCall= */ false, expiresAt, /* wasGivenUp= */ false);
  }

  /** An event that a replay tells again. */
  static Item again(JournalRecord event, Instant expiresAt, boolean wasGivenUp) {
    return new Item(event, 0, 0, /* opensCall= */ false, expiresAt, wasGivenUp);
  }

  /** The same event where it stands in its lane. */
  Item after(int known, int disabled, boolean opens) {
    return new Item(event, known, disabled, opens, expiresAt, wasGivenUp);
  }

  long offset() {
    return event.offset();
  }

  Item withPrevious(int known) {
    return new Item(event, known, disabledBefore, opensCall, expiresAt, wasGivenUp);
  }
}
