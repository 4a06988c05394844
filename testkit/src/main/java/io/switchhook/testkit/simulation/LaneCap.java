package io.switchhook.testkit.simulation;

import io.switchhook.delivery.LaneKey;
import io.switchhook.event.WebhookId;
import io.switchhook.testkit.simulation.Reached.Place;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Calls that are behind at a webhook are never more than the cap. */
final class LaneCap {
  /** How far a replay reads ahead of what it has told: so much it may have at hand again. */
  private static final int REPLAY_AHEAD_MAX = 512;

  private final Disk disk;
  private final int max;
  private final Reached reached;

  /** The lanes whose rows the running engine began with. */
  private final Set<LaneKey> atStart = new HashSet<>();

  LaneCap(Disk disk, int max, Reached reached) {
    this.disk = disk;
    this.max = max;
    this.reached = reached;
  }

  /** An engine begins with these rows. */
  void started(Set<LaneKey> lanes) {
    atStart.clear();
    atStart.addAll(lanes);
  }

  /**
   * Checks what is stored, but for rows that are about to be deleted. Partitions are opened one
   * after the other: until all are, what the others hold is not known; a replay of one call may
   * have its lane at the cap, too; and a replay that goes on after a restart reads what it had at
   * hand before.
   */
  void check(Set<LaneKey> beingDeleted) {
    for (var webhook : disk.webhooks.keySet()) {
      var known = max + 1 + countOf(webhook, atStart.stream());
      var live = countOf(webhook, stored(beingDeleted).filter(key -> key.feed().isLive()));
      var all = countOf(webhook, stored(beingDeleted));
      Violation.unless(live <= known, "lane cap", live + " lanes of " + webhook);
      Violation.unless(all <= known + REPLAY_AHEAD_MAX, "lane cap", all + " lanes of " + webhook);
      if (live == max) {
        reached.at(Place.LANE_CAP_REACHED);
      }
    }
  }

  private Stream<LaneKey> stored(Set<LaneKey> beingDeleted) {
    return disk.cursors.stream()
        .flatMap(cursors -> cursors.lanes.keySet().stream())
        .filter(key -> !beingDeleted.contains(key));
  }

  static long countOf(WebhookId webhook, Stream<LaneKey> lanes) {
    return lanes.filter(lane -> lane.webhook().equals(webhook)).count();
  }
}
