package io.switchhook.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/** The metrics of what goes to the disk. Names, units and labels are declared here alone. */
public final class DiskMetrics {
  /** The files, or folders of files, that are told apart. */
  public static final List<String> FILES =
      List.of("state", "journal", "history", "watermarks", "inbox");

  private static final String COMMITS = "switchhook.disk.commits";
  private static final String CHECKPOINTS = "switchhook.disk.checkpoints";
  private static final String FILE = "file";

  private final MeterRegistry registry;

  DiskMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how often something was made durable in one of {@link #FILES}. Called once for each. */
  public void watch(String file, LongSupplier commits, LongSupplier checkpoints) {
    // A counter forgets the object that it asks unless somebody else keeps it; this one is kept.
    FunctionCounter.builder(COMMITS, this, _ -> commits.getAsLong())
        .description("Transactions that were made durable; each flushes the file's log once")
        .tag(FILE, file)
        .register(registry);
    FunctionCounter.builder(CHECKPOINTS, this, _ -> checkpoints.getAsLong())
        .description("Checkpoints; each flushes the file's log and the file once")
        .tag(FILE, file)
        .register(registry);
  }
}
