package io.switchhook.delivery.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/*
 * CLOSED ─10 failures in a row, or half of the last 20─► OPEN(pause) ─pause is over─► HALF_OPEN(one at a time)
 *    ▲                                                     ▲                              │
 *    │                                                     └────fails: pause doubles──────┤
 *    └──────────────────────answers: places come back one by one──────────────────────────┘
 *
 * While it is open nothing is attempted and nothing is counted. What blames the event and not the receiver (422 and its like)
 * counts as an answer.
 */
/** Keeps from a failing receiver what it cannot take, and finds out when it is well again. */
final class Breaker {
  /** So many failures in a row open it. */
  static final int IN_A_ROW_MAX = 10;

  /** Of so many attempts, half failed, open it too. */
  static final int SAMPLE_SIZE = 20;

  static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
  static final Duration PAUSE_MAX = Duration.ofMinutes(15);

  /** A pause is never longer than this part of the time to live of what waits. */
  static final int PAUSES_PER_LIFE = 4;

  private int inARow;
  private int sampled;
  private int sampledFailures;
  private Duration pause = Duration.ZERO;
  private @Nullable Instant openUntil;

  /** How many attempts may be out now, of {@code wanted}. */
  int places(Instant now, int wanted) {
    if (openUntil == null) {
      return wanted;
    }
    return openUntil.isAfter(now) ? 0 : 1;
  }

  boolean isOpen() {
    return openUntil != null;
  }

  /** Until when nothing is attempted; null while closed. */
  @Nullable Instant openUntil() {
    return openUntil;
  }

  /** The receiver answered; true when it did so after failing. */
  boolean answered() {
    var wasOpen = openUntil != null;
    if (wasOpen) {
      openUntil = null;
      pause = Duration.ZERO;
      sampled = 0;
      sampledFailures = 0;
    }
    inARow = 0;
    sample(0);
    return wasOpen;
  }

  /**
   * An attempt failed that blames the receiver; true when the breaker opened by it, or stays open
   * for longer.
   *
   * @param timeToLive of what was attempted
   */
  boolean failed(Instant startedAt, Instant now, Duration timeToLive) {
    if (openUntil != null && startedAt.isBefore(openUntil)) {
      return false; // began before it opened
    }
    inARow++;
    sample(1);
    var isProbe = openUntil != null;
    if (!isProbe && inARow < IN_A_ROW_MAX && !isMostlyFailing()) {
      return false;
    }
    pause = pause.isZero() ? PAUSE_FIRST : pause.multipliedBy(2);
    openUntil = now.plus(shortest(pause, timeToLive.dividedBy(PAUSES_PER_LIFE)));
    sampled = 0;
    sampledFailures = 0;
    return true;
  }

  /** The webhook was changed by a person: begins anew. */
  void reset() {
    openUntil = null;
    pause = Duration.ZERO;
    inARow = 0;
    sampled = 0;
    sampledFailures = 0;
  }

  private void sample(int failure) {
    if (sampled >= SAMPLE_SIZE) {
      sampled /= 2;
      sampledFailures /= 2;
    }
    sampled++;
    sampledFailures += failure;
  }

  private boolean isMostlyFailing() {
    return sampled >= SAMPLE_SIZE && sampledFailures * 2 >= sampled;
  }

  private Duration shortest(Duration wanted, Duration byLife) {
    var longest = byLife.compareTo(PAUSE_MAX) < 0 ? byLife : PAUSE_MAX;
    if (wanted.compareTo(longest) > 0) {
      pause = longest.isZero() ? Duration.ofMillis(1) : longest;
    }
    return pause;
  }
}
