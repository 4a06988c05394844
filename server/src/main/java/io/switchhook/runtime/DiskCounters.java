package io.switchhook.runtime;

import io.switchhook.sqlite.DurableWrites;
import io.switchhook.telemetry.DiskMetrics;
import io.switchhook.telemetry.Telemetry;

/** Lets the metrics show how often something is made durable. */
final class DiskCounters {
  private DiskCounters() {}

  /** The metrics of this process, these counters among them. */
  static Telemetry shownBy(Telemetry telemetry) {
    for (var file : DiskMetrics.FILES) {
      var durable = DurableWrites.named(file);
      telemetry.disk().watch(file, durable::commits, durable::checkpoints);
    }
    return telemetry.withProcess();
  }
}
