package io.switchhook.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where following a partition failed, and when it is tried again: after 1, 2, 4 … seconds. What
 * fails time and again is damaged and is skipped, so that one call does not keep the others from
 * their logs. For one thread; {@link #skipped} for any.
 */
final class Troubles {
  /** The same place is tried so often, over about a minute, before it is skipped. */
  static final int TRIES_MAX = 7;

  private static final Logger LOG = LoggerFactory.getLogger(AfterCallSource.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private record Trouble(long offset, int tries, long againNanos) {}

  private final LongSupplier nanos;
  private final Map<Integer, Trouble> troubles = new HashMap<>();
  private final LongAdder skipped = new LongAdder();

  /** {@code nanos} is a monotonic clock. */
  Troubles(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** True while any partition is behind because something failed. */
  boolean areThere() {
    return !troubles.isEmpty();
  }

  /** True when a partition is not to be tried yet. */
  boolean isWaiting(int partition) {
    var trouble = troubles.get(partition);
    return trouble != null && trouble.againNanos - nanos.getAsLong() > 0;
  }

  /** True when a partition is behind because something failed. */
  boolean isBehind(int partition) {
    return troubles.containsKey(partition);
  }

  /** A partition was followed to its end. */
  void over(int partition) {
    troubles.remove(partition);
  }

  /**
   * What is at an offset failed; true when it was tried often enough and is to be skipped. Without
   * that the partition waits.
   */
  boolean isToBeSkipped(int partition, long offset, RuntimeException failure) {
    var before = troubles.get(partition);
    int tries = before != null && before.offset == offset ? before.tries + 1 : 1;
    if (tries >= TRIES_MAX) {
      troubles.remove(partition);
      skip(partition, offset, failure);
      return true;
    }
    var pause = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
    troubles.put(partition, new Trouble(offset, tries, nanos.getAsLong() + pause.toNanos()));
    LOG.atWarn()
        .setCause(failure)
        .addKeyValue("partition", partition)
        .addKeyValue("offset", offset)
        .addKeyValue("again_after", pause)
        .log("after_call.failed");
    return false;
  }

  /** What is at an offset cannot be used: says so and counts it. */
  void skip(int partition, long offset, RuntimeException failure) {
    skipped.increment();
    LOG.atError()
        .setCause(failure)
        .addKeyValue("partition", partition)
        .addKeyValue("offset", offset)
        .log("after_call.skipped: this call gets no after-call log");
  }

  /** How many places were skipped. */
  long skipped() {
    return skipped.sum();
  }
}
