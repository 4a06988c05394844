package io.switchhook.delivery.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast one worker tells again: evenly, and at a fixed rate, so that a replay does not take all
 * of a machine. All replays of the worker share it. For one event loop.
 */
final class ReplayPace {
  /** Attempts of replays in a second, for each worker. */
  static final int PER_SECOND = 250;

  /**
   * Records that are read at once while some of them are told again: what is composed at one go
   * keeps what happens now waiting.
   */
  static final int PAGE_RECORDS = 2;

  private static final Duration LATELY = Duration.ofSeconds(1);
  private static final Duration ONE = Duration.ofSeconds(1).dividedBy(PER_SECOND);

  private Instant freeAt = Instant.MIN;

  /** An attempt of a replay began. */
  void took(Instant now) {
    freeAt = (freeAt.isAfter(now) ? freeAt : now).plus(ONE);
  }

  /**
   * How many records to read at once: few while what is read is told again, so that it comes
   * evenly; as many as asked for while only read over.
   */
  int pageOf(int asked, Instant now) {
    return freeAt.isAfter(now.minus(LATELY)) ? Math.min(asked, PAGE_RECORDS) : asked;
  }

  /** How long to wait before more is read to be told again. */
  Duration untilFree(Instant now) {
    return freeAt.isAfter(now) ? Duration.between(now, freeAt) : Duration.ZERO;
  }
}
