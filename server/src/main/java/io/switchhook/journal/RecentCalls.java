package io.switchhook.journal;

import io.switchhook.event.CallId;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The trails of the calls that had a record lately, the least recently used first, within a bound.
 * For one thread.
 */
final class RecentCalls {
  private final long slotsMax;
  private final LinkedHashMap<CallId, CallTrail> trails =
      new LinkedHashMap<>(1_024, 0.75f, /* accessOrder= */ true);
  private long slots;

  RecentCalls(long slotsMax) {
    this.slotsMax = slotsMax;
  }

  @Nullable CallTrail get(CallId call) {
    return trails.get(call);
  }

  void put(CallId call, CallTrail trail) {
    slots += trail.slots();
    var before = trails.put(call, trail);
    if (before != null) {
      slots -= before.slots();
    }
  }

  /** Adds a record to a trail that is in here. */
  void add(CallTrail trail, JournalRecord record) {
    slots -= trail.slots();
    trail.add(
        record.identity(), record.offset(), record.sequence(), record.acceptedAt().toEpochMilli());
    slots += trail.slots();
  }

  void forget(CallId call) {
    var trail = trails.remove(call);
    if (trail != null) {
      slots -= trail.slots();
    }
  }

  /** Forgets what is beyond the bound. */
  void trim() {
    while (slots > slotsMax) {
      var eldest = trails.pollFirstEntry();
      if (eldest == null) {
        return;
      }
      slots -= eldest.getValue().slots();
    }
  }
}
