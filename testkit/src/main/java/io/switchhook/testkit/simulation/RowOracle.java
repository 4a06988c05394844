package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.testkit.simulation.Oracle.Delivery;
import java.util.HashSet;
import java.util.Set;

/**
 * Watches which calls get a row: not one that merely waits in line, or a dead receiver would cost a
 * row for each call. Looks at those only for which nothing was begun yet.
 */
final class RowOracle {
  private final Disk disk;
  private final Knobs knobs;
  private final Truth truth;
  private final Oracle oracle;

  /** Lanes of which something was attempted or read since the start. */
  private final Set<LaneKey> begun = new HashSet<>();

  /** Webhooks that were told something again since the start: what happens waits for that. */
  private final Set<WebhookId> toldAgain = new HashSet<>();

  RowOracle(World world, Oracle oracle) {
    this.disk = world.disk;
    this.knobs = world.knobs;
    this.truth = world.truth;
    this.oracle = oracle;
  }

  /** Something of a lane is attempted or read. */
  void begins(LaneKey lane) {
    begun.add(lane);
  }

  /** The engine was killed or stopped; what has a row had a reason for it. */
  void forget() {
    begun.clear();
    toldAgain.clear();
    disk.cursors.forEach(stored -> begun.addAll(stored.lanes.keySet()));
    noteReplays();
  }

  private void noteReplays() {
    disk.replays.values().forEach(replay -> toldAgain.add(replay.webhook()));
  }

  /** The engine asks for a commit. */
  void commitRequested(CursorCommit commit) {
    noteReplays();
    for (var row : commit.putLanes()) {
      var webhook = row.key().webhook();
      unless(
          !row.key().feed().isLive()
              || begun.contains(row.key())
              || toldAgain.contains(webhook)
              || truth.isDeleted(webhook)
              || truth.isDisabledNow(webhook)
              || isShortOfMemory()
              || commit.putGiveUps().stream().anyMatch(it -> it.webhook().equals(webhook))
              || hasManyThatWait(row, commit.partition())
              || hasEndedBehind(row, commit.partition())
              || hasWaitedLong(row, commit),
          "rows",
          row + " for a call that merely waits");
      begun.add(row.key());
    }
  }

  private boolean isShortOfMemory() {
    var all = disk.journal.stream().mapToLong(partition -> partition.size()).sum();
    return knobs.engine().memoryBytes() < all * World.LARGEST_EVENT_BYTES;
  }

  private boolean hasManyThatWait(LaneRow row, int partition) {
    return disk.readCall(partition, row.key().call(), row.head(), disk.end(partition)).stream()
            .filter(event -> truth.isWanted(row.key().webhook(), event))
            .count()
        >= knobs.engine().waitingMax();
  }

  /** Something of this webhook has ended behind what waits: a restart would tell that again. */
  private boolean hasEndedBehind(LaneRow row, int partition) {
    return disk.journal.get(partition).stream()
        .skip(row.head())
        .anyMatch(event -> hasEnded(row.key().webhook(), event));
  }

  /** While the machine does not come to it, it holds what others were told. */
  private boolean hasWaitedLong(LaneRow row, CursorCommit commit) {
    var latest = commit.engineTime().minus(knobs.longPatience());
    return (knobs.mayBeFull() || knobs.lateRate() > 0)
        && disk
            .readCall(
                commit.partition(), row.key().call(), row.head(), disk.end(commit.partition()))
            .stream()
            .anyMatch(event -> !event.acceptedAt().isAfter(latest));
  }

  private boolean hasEnded(WebhookId webhook, JournalRecord event) {
    var delivery = new Delivery(webhook, event.partition(), event.offset());
    return truth.isWanted(webhook, event)
        && (oracle.isSeenDelivered(delivery) || oracle.isGivenUp(delivery));
  }
}
