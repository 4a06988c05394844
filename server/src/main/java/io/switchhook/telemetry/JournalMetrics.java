package io.switchhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The metrics of what is kept. Names, units and labels are declared here alone. */
public final class JournalMetrics {
  private static final String SEGMENTS = "switchhook.journal.segments";
  private static final String DROPPED = "switchhook.journal.segments.dropped";
  private static final String OLDEST_AGE = "switchhook.journal.oldest.record.age";
  private static final String SKIPPED = "switchhook.after.call.skipped";

  private final MeterRegistry registry;
  private final Counter dropped;
  private volatile LongSupplier skippedCalls = () -> 0;
  private volatile int segments;
  private volatile Optional<Instant> oldest = Optional.empty();

  JournalMetrics(MeterRegistry registry) {
    this.registry = registry;
    dropped =
        Counter.builder(DROPPED)
            .description("Days of the journal that retention dropped")
            .register(registry);
    Gauge.builder(SEGMENTS, () -> segments)
        .description("Days that the journal holds, each a file")
        .register(registry);
    FunctionCounter.builder(SKIPPED, this, it -> it.skippedCalls.getAsLong())
        .description("Calls without an after-call log because their records could not be read")
        .register(registry);
  }

  /** Shows how old the oldest record is by this clock. Called once. */
  public void tellAgeBy(InstantSource engineTime) {
    Gauge.builder(
            OLDEST_AGE,
            () ->
                oldest
                    .map(at -> Duration.between(at, engineTime.instant()).toMillis() / 1e3)
                    .orElse(0.0))
        .description("Age of the oldest record in the journal")
        .baseUnit("seconds")
        .register(registry);
  }

  /** The journal has so many segments, and its oldest record was accepted then. */
  public void holds(int days, Optional<Instant> oldestAcceptedAt) {
    segments = days;
    oldest = oldestAcceptedAt;
  }

  /** Retention dropped a segment. */
  public void dropped() {
    dropped.increment();
  }

  /** Shows how many calls got no after-call log because they could not be read. */
  public void watchSkippedCalls(LongSupplier count) {
    skippedCalls = count;
  }
}
