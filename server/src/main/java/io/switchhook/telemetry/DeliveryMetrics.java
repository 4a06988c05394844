package io.switchhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The metrics of delivery. Names, units, labels and buckets are declared here alone. */
public final class DeliveryMetrics {
  private static final String ATTEMPTS = "switchhook.delivery.attempts";
  private static final String DELAY = "switchhook.delivery.delay";
  private static final String GIVEN_UP = "switchhook.delivery.given.up";
  private static final String LANES = "switchhook.lanes";
  private static final String DETACHED = "switchhook.webhooks.detached";
  private static final String BREAKERS = "switchhook.breakers.open";
  private static final String REPLAYS = "switchhook.replays.running";
  private static final String IN_FLIGHT = "switchhook.delivery.in.flight";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final Timer delay;
  private final Map<String, Timer> attempts = new ConcurrentHashMap<>();
  private final Map<String, Counter> givenUp = new ConcurrentHashMap<>();

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    delay =
        Timer.builder(DELAY)
            .description("From an event's acceptance to its delivery to a webhook")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /**
   * An attempt ended.
   *
   * @param outcome one of few words, such as {@code delivered}, {@code refused}, {@code timed_out}
   */
  public void attempted(String outcome, Duration took) {
    attempts
        .computeIfAbsent(
            outcome,
            word ->
                Timer.builder(ATTEMPTS)
                    .description("Requests to receivers")
                    .tag("outcome", word)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(took);
  }

  /** An event was delivered this long after it was accepted. */
  public void delivered(Duration afterAcceptance) {
    delay.record(afterAcceptance);
  }

  /**
   * A delivery was given up.
   *
   * @param reason one of the reasons of a give-up, in lower case
   */
  public void gaveUp(String reason) {
    gaveUp(reason, 1);
  }

  /** So many deliveries were given up for the same reason. */
  public void gaveUp(String reason, long count) {
    givenUp
        .computeIfAbsent(
            reason,
            word ->
                Counter.builder(GIVEN_UP)
                    .description("Deliveries that were given up")
                    .tag("reason", word)
                    .register(registry))
        .increment((double) count);
  }

  /** Shows how many lanes there are: calls that wait behind a failure. */
  public void watchLanes(Supplier<Number> count) {
    Gauge.builder(LANES, count).description("Calls that wait at a webhook").register(registry);
  }

  /** Shows how many requests are out. */
  public void watchInFlight(Supplier<Number> count) {
    Gauge.builder(IN_FLIGHT, count).description("Requests that are out").register(registry);
  }

  /** Shows how many webhooks do not keep up and read for themselves. */
  public void watchDetached(Supplier<Number> count) {
    Gauge.builder(DETACHED, count)
        .description("Webhooks that do not keep up and read for themselves")
        .register(registry);
  }

  /** Shows how many webhooks are left alone, or asked one event at a time, as they fail. */
  public void watchBreakers(Supplier<Number> count) {
    Gauge.builder(BREAKERS, count)
        .description("Webhooks whose receiver fails and is left alone for a while")
        .register(registry);
  }

  /** Shows how many replays run. */
  public void watchReplays(Supplier<Number> count) {
    Gauge.builder(REPLAYS, count).description("Replays that run").register(registry);
  }
}
