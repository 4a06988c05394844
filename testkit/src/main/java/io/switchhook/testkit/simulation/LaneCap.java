package io.switchhook.testkit.simulation;

import io.switchhook.delivery.LaneKey;
import io.switchhook.event.WebhookId;
import io.switchhook.testkit.simulation.Reached.Place;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Calls that are behind at a webhook are never more than the cap. */
final class LaneCap {
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
   * after the other: until all are, what the others hold is not known.
   */
  void check(Set<LaneKey> beingDeleted) {
    for (var webhook : disk.webhooks.keySet()) {
      var count = 0L;
      for (var stored : disk.cursors) {
        var lanes = stored.lanes.keySet().stream().filter(key -> !beingDeleted.contains(key));
        count += countOf(webhook, lanes.toList());
      }
      var known = max + countOf(webhook, List.copyOf(atStart));
      Violation.unless(count <= known, "lane cap", count + " lanes of " + webhook);
      if (count == max) {
        reached.at(Place.LANE_CAP_REACHED);
      }
    }
  }

  static long countOf(WebhookId webhook, Collection<LaneKey> lanes) {
    return lanes.stream().filter(lane -> lane.webhook().equals(webhook)).count();
  }
}
