package io.switchhook.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast days may go: at most one in an hour of running, whatever the clock says, so that one
 * which jumped a month ahead costs a day and not a month before somebody sees it.
 *
 * @param ran how long the server has run since a day was begun to be dropped, at most {@link
 *     #BETWEEN}: time by a monotonic clock, summed up over restarts
 * @param dropping the start of the day that is being dropped; null when none is
 */
record RetentionPace(Duration ran, @Nullable Instant dropping) {
  /** How long must have been run between two days. */
  static final Duration BETWEEN = Duration.ofHours(1);

  /** That of an installation which never dropped anything. */
  static final RetentionPace FIRST = new RetentionPace(BETWEEN, null);

  RetentionPace {
    ran = ran.compareTo(BETWEEN) > 0 ? BETWEEN : ran;
  }

  /** Some time later. */
  RetentionPace after(Duration running) {
    return new RetentionPace(ran.plus(running), dropping);
  }

  /** True when the day that begins then may go now: its turn has come, or has been taken. */
  boolean allows(Instant start) {
    return start.equals(dropping) || ran.equals(BETWEEN);
  }

  /** With this day begun. One that was begun before is gone on with at no price. */
  RetentionPace begun(Instant start) {
    return start.equals(dropping) ? this : new RetentionPace(Duration.ZERO, start);
  }

  /** With no day under way. */
  RetentionPace ended() {
    return new RetentionPace(ran, null);
  }
}
