package io.switchhook.delivery.engine;

import java.time.Instant;

/**
 * How many attempts one webhook's receiver is given at once: halved when it says that it is too
 * much, more again, one by one, as it answers.
 */
final class Concurrency {
  private final int max;
  private double limit;

  /** Below it the limit grows by one for each answer, above it by one for each round of answers. */
  private double fastUntil;

  private Instant halvedAt = Instant.EPOCH;

  Concurrency(int atFirst, int max) {
    this.max = max;
    this.limit = atFirst;
    this.fastUntil = atFirst;
  }

  /** How many attempts may be out at once: at least one. */
  int limit() {
    return (int) limit;
  }

  /** The receiver answered. */
  void answered() {
    limit = Math.min(max, limit + (limit < fastUntil ? 1 : 1 / limit));
  }

  /**
   * An attempt that began at {@code startedAt} was too much. Those that were out with it count
   * once.
   */
  void tooMuch(Instant startedAt, Instant now) {
    if (!startedAt.isBefore(halvedAt)) {
      halvedAt = now;
      limit = Math.max(1, limit / 2);
      fastUntil = limit;
    }
  }

  /** The receiver answers again after it was left alone: begins with one. */
  void beginWithOne() {
    fastUntil = Math.max(fastUntil, limit);
    limit = 1;
  }
}
