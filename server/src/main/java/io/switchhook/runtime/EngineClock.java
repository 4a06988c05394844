package io.switchhook.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Engine time: the later of the wall clock at the start and the highest time that was stored, and
 * from then on what a monotonic clock adds. It never goes back, whatever happens to the wall clock.
 * Whole milliseconds. Safe for all threads.
 */
public final class EngineClock implements InstantSource {
  private final LongSupplier nanos;
  private final long startNanos;
  private volatile Instant start;

  /** Begins at {@code now}; {@code nanos} is monotonic, {@code System::nanoTime} outside tests. */
  public EngineClock(Instant now, LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.start = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Goes on from a stored time when that is later. Called while starting, before time matters. */
  public void goOnFrom(Instant stored) {
    var now = instant();
    if (stored.isAfter(now)) {
      start = start.plus(Duration.between(now, stored));
    }
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos).truncatedTo(ChronoUnit.MILLIS);
  }
}
