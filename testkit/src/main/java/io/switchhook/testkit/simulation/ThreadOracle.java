package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.engine.Effect;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.testkit.simulation.Reached.Place;

/** Watches what receivers are told of the story so far. */
final class ThreadOracle {
  private final Disk disk;
  private final Truth truth;
  private final Reached reached;

  ThreadOracle(Disk disk, Truth truth, Reached reached) {
    this.disk = disk;
    this.truth = truth;
    this.reached = reached;
  }

  /** What the receiver is told of the story so far is true, as far as the journal still has it. */
  void check(Effect.Attempt attempt) {
    var event = attempt.telling().event();
    var lane = attempt.lane();
    var telling = attempt.telling();
    var all = threadBefore(lane.webhook(), event, 0);
    var left = threadBefore(lane.webhook(), event, disk.oldest(event.partition()));
    unless(
        telling.previous() == all.previous() || telling.previous() == left.previous(),
        "gaps are told",
        "previous " + telling.previous() + " instead of " + all.previous() + " for " + lane);
    if (!lane.feed().isLive()) {
      unless(telling.skipped() == 0, "gaps are told", "skipped on a replay");
      return;
    }
    unless(
        left.skipped() <= telling.skipped() && telling.skipped() <= all.skipped(),
        "gaps are told",
        "skipped " + telling.skipped() + " instead of " + all.skipped() + " for " + lane);
    if (telling.skipped() > 0) {
      reached.at(Place.SKIPPED_TOLD);
    }
  }

  private record Story(int previous, int skipped) {}

  private Story threadBefore(WebhookId webhook, JournalRecord event, long oldest) {
    var previous = 0;
    var skipped = 0;
    for (var earlier : truth.callBefore(event)) {
      var disabled = truth.isPassedWhileDisabled(webhook, earlier);
      if (earlier.offset() >= oldest && (disabled || truth.isWanted(webhook, earlier))) {
        previous = earlier.sequence();
        var told =
            !disabled
                && !disk.cursors.get(earlier.partition()).wasGivenUp(webhook, earlier.offset());
        skipped = told ? 0 : skipped + 1;
      }
    }
    return new Story(previous, skipped);
  }
}
