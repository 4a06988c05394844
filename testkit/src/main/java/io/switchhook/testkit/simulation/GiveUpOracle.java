package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneKey;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.testkit.simulation.Oracle.Delivery;
import io.switchhook.testkit.simulation.Reached.Place;
import java.time.Instant;

/** Watches what is given up: only what may be, once, and before the journal lets go of it. */
final class GiveUpOracle {
  private final Disk disk;
  private final Knobs knobs;
  private final Truth truth;
  private final Reached reached;
  private final Oracle oracle;
  private final Requests requests;

  GiveUpOracle(World world, Oracle oracle) {
    this.disk = world.disk;
    this.knobs = world.knobs;
    this.truth = world.truth;
    this.reached = world.reached;
    this.requests = world.requests;
    this.oracle = oracle;
  }

  /** The engine asks for a commit. */
  void commitRequested(CursorCommit commit, Instant now) {
    for (var giveUp : commit.putGiveUps()) {
      for (var offset = giveUp.offset(); offset < giveUp.end(); offset++) {
        checkGiveUp(giveUp, disk.journal.get(giveUp.partition()).get((int) offset), now);
      }
    }
  }

  private void checkGiveUp(GiveUp giveUp, JournalRecord event, Instant now) {
    var delivery = new Delivery(giveUp.webhook(), giveUp.partition(), event.offset());
    if (giveUp.reason() == GiveUp.Reason.TOLD_BY_REPLAY) {
      reached.at(Place.TOLD_BY_REPLAY);
      unless(oracle.isAcknowledged(delivery), "replay", delivery + " was not told");
      return;
    }
    if (isPassedByRow(giveUp, event)) {
      return;
    }
    if (!giveUp.isOfOne()) {
      reached.at(Place.GIVEN_UP_IN_PASSING);
      if (truth.isDeleted(giveUp.webhook()) || !truth.isWanted(giveUp.webhook(), event)) {
        return;
      }
      var before = disk.cursors.get(giveUp.partition()).giveUps(giveUp.webhook());
      var recorded = before.of(event.offset());
      if (recorded.isPresent()) {
        var reason = recorded.get().reason();
        unless(
            reason == giveUp.reason(),
            "give-ups are durable",
            delivery + " was given up as " + reason + " and is now as " + giveUp.reason());
        return; // a record of many grows
      }
    }
    unless(!oracle.isGivenUp(delivery), "give-ups are durable", delivery + " is given up twice");
    unless(
        !oracle.isSeenDelivered(delivery), "no false give-up", delivery + " was delivered before");
    unless(!oracle.isInFlight(delivery), "no false give-up", delivery + " is in flight");
    if (!truth.isDeleted(giveUp.webhook())) {
      checkReason(giveUp, event, delivery, now);
    }
  }

  /**
   * A crash left a row that says more than the cursor, and the journal lets go of it before it is
   * read again: what was recorded is recorded once more.
   */
  private boolean isPassedByRow(GiveUp giveUp, JournalRecord event) {
    var lane = new LaneKey(giveUp.webhook(), event.call());
    var row = disk.cursors.get(giveUp.partition()).lanes.get(lane);
    return giveUp.reason() == GiveUp.Reason.RETENTION
        && row != null
        && event.offset() < row.head()
        && oracle.isGivenUp(new Delivery(giveUp.webhook(), giveUp.partition(), event.offset()));
  }

  private void checkReason(GiveUp giveUp, JournalRecord event, Delivery delivery, Instant now) {
    switch (giveUp.reason()) {
      case EXPIRED -> {
        reached.at(Place.GIVEN_UP_EXPIRED);
        var until =
            knobs
                .timesToLive()
                .expiresAt(truth.entry(giveUp.webhook()), event, LogFields.of(event));
        unless(!now.isBefore(until), "no false give-up", delivery + " expires at " + until);
      }
      case EXHAUSTED -> {
        reached.at(Place.GIVEN_UP_EXHAUSTED);
        var needed = Math.min(3, knobs.engine().retries().waits().size() + 1);
        var failures = oracle.failures(delivery);
        unless(
            failures >= needed,
            "no false give-up",
            delivery + " failed only " + failures + " times");
      }
      case DISABLED -> {
        reached.at(Place.GIVEN_UP_DISABLED);
        unless(
            truth.wasDisabledAfter(giveUp.webhook(), event),
            "no false give-up",
            delivery + " was never disabled");
      }
      case SUPERSEDED -> {
        reached.at(Place.GIVEN_UP_SUPERSEDED);
        unless(
            truth.isSuperseded(giveUp.webhook(), event),
            "no false give-up",
            delivery + " is not superseded");
      }
      case RETENTION -> {
        reached.at(Place.GIVEN_UP_RETENTION);
        unless(isBelowFloor(event), "no false give-up", delivery + " is not let go of");
      }
      case TOLD_BY_REPLAY ->
          throw new Violation("no false give-up", delivery + " " + giveUp.reason());
    }
  }

  /** True when the journal is letting go of the event. */
  boolean isBelowFloor(JournalRecord event) {
    return event.offset() < requests.floor(event.partition());
  }

  /** True when the journal was letting go of the event at some time. */
  boolean wasBelowFloor(JournalRecord event) {
    return event.offset() < requests.highestFloor(event.partition());
  }

  /** The engine says so. */
  void checkNothingIsPendingBelow(int partition, long floor) {
    for (var event : disk.journal.get(partition)) {
      for (var webhook : disk.webhooks.keySet()) {
        unless(
            event.offset() >= floor
                || truth.isDisabledNow(webhook)
                || !truth.isWanted(webhook, event)
                || oracle.isTerminal(webhook, event),
            "retention gives up first",
            event.offset() + " of " + webhook + " is pending below " + floor);
      }
    }
  }
}
