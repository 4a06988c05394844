package io.switchhook.delivery.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When a webhook that reads for itself may be told its next event: evenly, so that all that it
 * missed does not take the whole machine from the others; but faster than events come, so that it
 * catches up.
 */
final class CatchUpPace {
  private static final int FASTER = 2;

  /** A timer may be so late. */
  private static final Duration MADE_UP_FOR = Duration.ofMillis(5);

  private final int perSecond;
  private final PerSecond arrivals;
  private final Pace pace = new Pace();

  /**
   * @param perSecond at most so many attempts in a second, unless more than half as many events
   *     come
   * @param arrivals the events that come
   */
  CatchUpPace(int perSecond, PerSecond arrivals) {
    this.perSecond = perSecond;
    this.arrivals = arrivals;
  }

  /** An attempt begins. */
  void begins(Instant now) {
    pace.begins(now, Math.max(perSecond, FASTER * arrivals.most(now)), MADE_UP_FOR);
  }

  /** True when another may begin now. */
  boolean isFree(Instant now) {
    return pace.isFree(now);
  }

  /** From when on another may begin. */
  Instant freeAt() {
    return pace.freeAt();
  }
}
