package io.switchhook.journal.sqlite;

import io.switchhook.event.Identity;
import io.switchhook.journal.CallTrail;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How far back a call's trail goes: to the last pause of more than the window. Records are shown to
 * it from the newest to the oldest, across segments. For one search.
 */
final class TrailBounds {
  private final long windowMillis;
  private long sinceMillis;
  private boolean ended;

  /** Begins a search for records that were accepted at {@code sinceMillis} or later. */
  TrailBounds(long sinceMillis, long windowMillis) {
    this.sinceMillis = sinceMillis;
    this.windowMillis = windowMillis;
  }

  /** True when nothing that was accepted before this time can belong to the trail. */
  boolean endsAfter(long millis) {
    return ended || millis <= sinceMillis;
  }

  /**
   * Adds rows of (partition, offset, accepted_at, identity, sequence) to the trail until it ends.
   */
  @Nullable CallTrail follow(ResultSet row, @Nullable CallTrail begun) throws SQLException {
    var trail = begun;
    while (!ended && row.next()) {
      long acceptedMillis = row.getLong(3);
      if (acceptedMillis < sinceMillis) {
        ended = true;
        break;
      }
      if (trail == null) {
        trail = new CallTrail(row.getInt(1), acceptedMillis);
      }
      trail.add(Identity.ofBytes(row.getBytes(4)), row.getLong(2), row.getInt(5), acceptedMillis);
      sinceMillis = acceptedMillis - windowMillis;
    }
    return trail;
  }
}
