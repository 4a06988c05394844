package io.switchhook.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** All metrics of a process. Methods may be called from any thread. */
public final class Telemetry implements AutoCloseable {
  /** The content type of {@link #prometheusText}. */
  public static final String PROMETHEUS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ApiMetrics api = new ApiMetrics(registry);
  private final DeliveryMetrics delivery = new DeliveryMetrics(registry);
  private final JournalMetrics journal = new JournalMetrics(registry);
  private final DiskMetrics disk = new DiskMetrics(registry);

  /** Metrics of the stages alone. */
  public Telemetry() {}

  /** Adds what the Java machine says of itself: memory, threads, processor, uptime. */
  public Telemetry withProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return this;
  }

  /** What the API reports. */
  public ApiMetrics api() {
    return api;
  }

  /** What delivery reports. */
  public DeliveryMetrics delivery() {
    return delivery;
  }

  /** What is reported of what is kept. */
  public JournalMetrics journal() {
    return journal;
  }

  /** What is reported of the disk. */
  public DiskMetrics disk() {
    return disk;
  }

  /** The registry, for stages that have metrics of their own. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics as Prometheus reads them. */
  public String prometheusText() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
