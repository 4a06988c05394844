package io.switchhook.journal;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import java.time.Instant;

/**
 * A record to be appended. The journal adds when it was accepted, its offset and its sequence.
 *
 * @param flags bits of {@link Flag}
 * @param happenedAt when it happened at the source; for a log that does not say, when it came in
 * @param identity the same identity in the same call within the dedupe window is a duplicate
 */
public record NewRecord(
    CallId call, Kind kind, int flags, Instant happenedAt, Identity identity, Bytes body) {
  /** The earliest time at which a record may have happened. */
  public static final Instant HAPPENED_MIN = Instant.parse("0000-01-01T00:00:00Z");

  /** The latest time at which a record may have happened. */
  public static final Instant HAPPENED_MAX = Instant.parse("9999-12-31T23:59:59.999Z");

  public NewRecord {
    // Here, where it is the giver's mistake: a store that cannot count so far would fail for all.
    if (happenedAt.isBefore(HAPPENED_MIN) || happenedAt.isAfter(HAPPENED_MAX)) {
      throw new IllegalArgumentException("a record happened in the years 0 to 9999: " + happenedAt);
    }
  }
}
