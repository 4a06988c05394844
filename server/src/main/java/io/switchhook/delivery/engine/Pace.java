package io.switchhook.delivery.engine;

import java.time.Duration;
import java.time.Instant;

/** Lets attempts begin one after the other, evenly. */
final class Pace {
  private static final long SECOND_NANOS = 1_000_000_000;

  private Instant freeAt = Instant.EPOCH;

  /**
   * An attempt begins.
   *
   * @param perSecond how many may begin in a second
   * @param madeUpFor what could have begun within this time, and did not, may begin at once
   */
  void begins(Instant now, int perSecond, Duration madeUpFor) {
    var wait = Duration.ofNanos(SECOND_NANOS / perSecond);
    var before = now.minus(madeUpFor.compareTo(wait) > 0 ? madeUpFor : wait);
    freeAt = (freeAt.isAfter(before) ? freeAt : before).plus(wait);
  }

  /** True when another may begin now. */
  boolean isFree(Instant now) {
    return !freeAt.isAfter(now);
  }

  /** From when on another may begin. */
  Instant freeAt() {
    return freeAt;
  }
}
