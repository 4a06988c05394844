package io.switchhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.switchhook.event.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of the HTTP API. Names, units, labels and buckets are declared here alone. */
public final class ApiMetrics {
  private static final String REQUESTS = "switchhook.api.requests";
  private static final String EVENTS = "switchhook.api.events";
  private static final String DUPLICATES = "switchhook.api.duplicates";
  private static final String REFUSED = "switchhook.api.refused";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Map<RouteAndStatus, Timer> requests = new ConcurrentHashMap<>();
  private final Map<Kind, Counter> events = new EnumMap<>(Kind.class);
  private final Counter duplicates;

  private record RouteAndStatus(String route, int status) {}

  /** Why logs were not taken. */
  public enum Refusal {
    MALFORMED,
    TOO_LARGE,
    DISK_FULL,
    BUSY,
    CLOSING,
    FAILED
  }

  ApiMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (var kind : Kind.values()) {
      if (kind.isEvent()) {
        events.put(
            kind,
            Counter.builder(EVENTS)
                .description("Call logs that were taken, without duplicates")
                .tag("kind", word(kind))
                .register(registry));
      }
    }
    duplicates =
        Counter.builder(DUPLICATES)
            .description("Call logs that had been taken before")
            .register(registry);
    for (var refusal : Refusal.values()) {
      refusedBy(refusal);
    }
  }

  /**
   * A request was answered.
   *
   * @param route the template of its path, never the path itself
   */
  public void answered(String route, int status, Duration took) {
    requests.computeIfAbsent(new RouteAndStatus(route, status), this::timer).record(took);
  }

  /** A log was taken. */
  public void taken(Kind kind) {
    var counter = events.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A log had been taken before. */
  public void duplicate() {
    duplicates.increment();
  }

  /** A request with logs was refused as a whole. */
  public void refused(Refusal refusal) {
    refusedBy(refusal).increment();
  }

  private Counter refusedBy(Refusal refusal) {
    return Counter.builder(REFUSED)
        .description("Requests with call logs that were refused as a whole")
        .tag("reason", word(refusal))
        .register(registry);
  }

  private Timer timer(RouteAndStatus key) {
    return Timer.builder(REQUESTS)
        .description("Requests to the API, from their first byte to the last of the answer")
        .tag("route", key.route())
        .tag("status", Integer.toString(key.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
