package io.switchhook.delivery.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When the next event may be told again. All replays of an engine share it: they come evenly, and
 * what happens has precedence. The more of it, the fewer are told again; but never fewer than a
 * tenth of it, and of what may be told again while nothing happens.
 */
final class ReplayPace {
  private static final int SHARES = 10;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final int perSecond;
  private Instant freeAt = Instant.EPOCH;
  private long second;
  private int liveInSecond;
  private int liveInSecondBefore;

  /** At most so many attempts in a second. */
  ReplayPace(int perSecond) {
    this.perSecond = perSecond;
  }

  /** An attempt of what happens begins. */
  void liveBegins(Instant now) {
    turnTo(now);
    liveInSecond++;
  }

  /** An attempt of a replay begins. */
  void replayBegins(Instant now) {
    var wait = Duration.ofNanos(SECOND_NANOS / rate(now));
    var before = now.minus(wait);
    freeAt = (freeAt.isAfter(before) ? freeAt : before).plus(wait);
  }

  /** True when an event may be told again now. */
  boolean isFree(Instant now) {
    return !freeAt.isAfter(now);
  }

  /** From when on an event may be told again. */
  Instant freeAt() {
    return freeAt;
  }

  private int rate(Instant now) {
    turnTo(now);
    var live = Math.max(liveInSecond, liveInSecondBefore);
    return Math.max(1, Math.max(perSecond - live, Math.max(live, perSecond) / SHARES));
  }

  private void turnTo(Instant now) {
    var newest = now.getEpochSecond();
    if (newest != second) {
      liveInSecondBefore = newest == second + 1 ? liveInSecond : 0;
      liveInSecond = 0;
      second = newest;
    }
  }
}
