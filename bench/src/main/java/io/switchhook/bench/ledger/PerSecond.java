package io.switchhook.bench.ledger;

import java.util.Arrays;

/** How often something happened in each second of a run. Written by one thread. */
public final class PerSecond {
  private static final long NANOS = 1_000_000_000L;

  /** A run is cut off here: what comes later is not counted by the second. */
  private static final int SECONDS_MAX = 24 * 3_600;

  private final long beganNanos;
  private long[] counts = new long[600];
  private int end;

  PerSecond(long beganNanos) {
    this.beganNanos = beganNanos;
  }

  void add(long nowNanos, long count) {
    var second = Math.clamp((nowNanos - beganNanos) / NANOS, 0, SECONDS_MAX);
    if (second >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(counts.length * 2, second + 1));
    }
    counts[second] += count;
    end = Math.max(end, second + 1);
  }

  void addAll(PerSecond other) {
    for (var i = 0; i < other.end; i++) {
      add(beganNanos + i * NANOS, other.counts[i]);
    }
  }

  /** The counts from the first second on. Read them when nobody writes any more. */
  public long[] counts() {
    return Arrays.copyOf(counts, end);
  }
}
