package io.switchhook.source.myoperator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Counts what comes to a door, by what became of it. */
final class DoorMetrics {
  private final MeterRegistry meters;
  private final String source;

  DoorMetrics(MeterRegistry meters, String source) {
    this.meters = meters;
    this.source = source;
  }

  /** Shows how many events wait, and how many requests are kept unread. */
  void watch(Supplier<? extends Number> waiting, Supplier<? extends Number> unread) {
    Gauge.builder("switchhook_source_waiting", waiting::get)
        .description("Events that wait for those that belong in front of them, or for the journal")
        .tag("source", source)
        .register(meters);
    Gauge.builder("switchhook_source_unread", unread::get)
        .description("Requests that are kept because they could not be read")
        .tag("source", source)
        .register(meters);
  }

  void taken() {
    count("taken");
  }

  void unread() {
    count("unread");
  }

  void nothing() {
    count("nothing");
  }

  void refused() {
    count("refused");
  }

  void unproven() {
    count("unproven");
  }

  private void count(String outcome) {
    Counter.builder("switchhook_source_requests")
        .description("Requests that came to a source's door, by what became of them")
        .tag("source", source)
        .tag("outcome", outcome)
        .register(meters)
        .increment();
  }
}
