package io.switchhook.delivery.engine;

import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets the lanes of one webhook through, as many at a time as its breaker allows. */
final class Gate {
  final WebhookId webhook;

  /** Lanes of this webhook that have something pending or a row stored. */
  final Set<Lane> lanes = new LinkedHashSet<>();

  final Breaker breaker;

  private final ArrayDeque<Lane> ready = new ArrayDeque<>();

  private int taken;

  Gate(WebhookId webhook, int placeCount) {
    this.webhook = webhook;
    this.breaker = new Breaker(placeCount);
  }

  /** Puts a lane that can work at the end of the line, once. */
  void offer(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      ready.add(lane);
    }
  }

  /** Puts a lane that can work at the front of the line, once. */
  void offerFirst(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      ready.addFirst(lane);
    }
  }

  /** The next lane whose turn it is; null when no place is free or nobody waits. */
  @Nullable Lane next(Instant now) {
    while (taken < breaker.places(now)) {
      var lane = ready.poll();
      if (lane == null) {
        return null;
      }
      lane.inReadyList = false;
      if (lane.canWork()) {
        return lane;
      }
    }
    return null;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** How many places are taken. */
  int taken() {
    return taken;
  }

  void take() {
    taken++;
  }

  void giveBack() {
    taken--;
  }
}
