package io.switchhook.delivery.engine;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.PartitionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one partition: how far it is read, what is pending, and what the next commit has
 * to say.
 */
final class PartitionBook {
  final int partition;
  final long epoch;
  final Window window;

  /** The journal's end as far as it was told. */
  long end;

  boolean held;
  boolean reading;

  /**
   * Where reading goes on behind a gap in the journal, once nothing before it is pending; null
   * without a gap.
   */
  @Nullable Long gapTo;

  /** Uncovered lanes with something pending, the longest pending first. */
  private final Map<Lane, Boolean> uncovered = new LinkedHashMap<>();

  /** Lanes whose row may differ from what is stored. */
  final Set<Lane> changed = new LinkedHashSet<>();

  /**
   * Covered lanes of which nothing is pending: their rows go when the watermark has passed them.
   */
  final Set<Lane> settled = new LinkedHashSet<>();

  /** Rows of lanes whose webhook was deleted. */
  final List<LaneKey> orphans = new ArrayList<>();

  final List<PendingGiveUp> giveUps = new ArrayList<>();

  boolean commitUnderWay;
  @Nullable Instant commitDueAt;
  int outcomesSinceCommit;
  private long watermark;

  /** A give-up that the next commit makes durable. */
  record PendingGiveUp(Lane lane, Item item, Reason reason, Instant at) {}

  PartitionBook(PartitionState state, long end) {
    this.partition = state.partition();
    this.epoch = state.epoch();
    this.watermark = state.watermark();
    this.window = new Window(state.watermark());
    this.end = end;
  }

  /** The stored watermark. */
  long watermark() {
    return watermark;
  }

  void watermarkStored(long stored) {
    watermark = stored;
  }

  /** A lane without a row has something pending now. */
  void pendingUncovered(Lane lane, Instant now) {
    if (uncovered.putIfAbsent(lane, Boolean.TRUE) == null) {
      lane.pendingSince = now;
    }
  }

  /** A lane without a row has nothing pending any more, or has got a row. */
  void notPendingUncovered(Lane lane) {
    uncovered.remove(lane);
  }

  boolean hasPendingUncovered() {
    return !uncovered.isEmpty();
  }

  /**
   * Asks for rows for the lanes that have been pending for longer than {@code patience}; {@code
   * null} for all.
   */
  void wantRowsOfSlowLanes(@Nullable Instant pendingSinceBefore) {
    for (Iterator<Lane> slow = uncovered.keySet().iterator(); slow.hasNext(); ) {
      var lane = slow.next();
      if (pendingSinceBefore != null && lane.pendingSince.isAfter(pendingSinceBefore)) {
        return;
      }
      lane.wantsRow = true;
      changed.add(lane);
    }
  }
}
