package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.testkit.simulation.Oracle.Delivery;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches the stored cursors: they lead a restart to every delivery that is not terminal, never
 * back to what is behind them, and never to what was given up.
 */
final class CursorOracle {
  private final Disk disk;
  private final Truth truth;
  private final Oracle oracle;

  /** Where each webhook's cursor was last seen. */
  private final Map<Place, Long> cursors = new HashMap<>();

  private record Place(WebhookId webhook, int partition) {}

  CursorOracle(World world, Oracle oracle) {
    this.disk = world.disk;
    this.truth = world.truth;
    this.oracle = oracle;
  }

  void check(int partition) {
    var stored = disk.cursors.get(partition);
    for (var webhook : disk.webhooks.keySet()) {
      var own = stored.feeds.get(Feed.live(webhook));
      var cursor = own == null ? stored.watermark : own.offset();
      var before = cursors.put(new Place(webhook, partition), cursor);
      unless(
          before == null || before <= cursor,
          "cursors go on",
          "that of " + webhook + " goes back from " + before + " to " + cursor);
      var giveUps = stored.giveUps(webhook);
      for (var event : disk.journal.get(partition)) {
        if (truth.isWanted(webhook, event)) {
          var row = stored.lanes.get(new LaneKey(webhook, event.call()));
          check(webhook, event, giveUps, row == null ? cursor : row.head());
        }
      }
    }
  }

  private void check(WebhookId webhook, JournalRecord event, GiveUps giveUps, long cursor) {
    var offset = event.offset();
    if (giveUps.isGivenUp(offset)) {
      unless(
          offset < cursor,
          "give-ups are durable",
          offset + " of " + webhook + " is given up and not before its cursor " + cursor);
    } else {
      unless(
          offset >= cursor
              || oracle.isAcknowledged(new Delivery(webhook, event.partition(), offset)),
          "coverage",
          offset + " of " + webhook + " is before its cursor " + cursor);
    }
  }
}
