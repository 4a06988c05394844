package io.switchhook.testkit;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures durable appends a second with 1, 64 and 512 callers that each wait for their own, and
 * how large the write-ahead log gets. Run by hand: a folder may be named, on the disk that is to be
 * measured.
 */
public final class JournalBench {
  private static final int RUNS = 3;
  private static final Duration RUN = Duration.ofSeconds(3);
  private static final int EVENTS_OF_A_CALL = 10;
  private static final int BODY_BYTES = 650;
  private static final int COMPANIES = 40;

  /** What one run came to. */
  private record Measured(double appendsPerSecond, double cpuSecondsPer100k, long logBytesMax) {}

  private final Path parent;
  private final Instant started = Instant.now();

  private JournalBench(Path parent) {
    this.parent = parent;
  }

  /** Takes the folder to write to; without one, the folder for temporary files. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var parent =
        arguments.length > 0
            ? Path.of(arguments[0])
            : Path.of(System.getProperty("java.io.tmpdir"));
    var bench = new JournalBench(parent);
    // The first runs warm the machine up and are not told.
    bench.run(64);
    IO.println(
        "callers  appends/s, median of %d runs of %d s  [all]  CPU-s per 100,000  log bytes at most"
            .formatted(RUNS, RUN.toSeconds()));
    for (int callers : new int[] {1, 64, 512}) {
      var measured = new ArrayList<Measured>();
      for (int i = 0; i < RUNS; i++) {
        measured.add(bench.run(callers));
      }
      var sorted = measured.stream().mapToDouble(Measured::appendsPerSecond).sorted().toArray();
      IO.println(
          "%7d  %,9.0f  [%,.0f .. %,.0f]  %.2f  %,d"
              .formatted(
                  callers,
                  sorted[RUNS / 2],
                  sorted[0],
                  sorted[RUNS - 1],
                  measured.stream()
                      .mapToDouble(Measured::cpuSecondsPer100k)
                      .sorted()
                      .toArray()[RUNS / 2],
                  measured.stream().mapToLong(Measured::logBytesMax).max().orElseThrow()));
    }
  }

  private Measured run(int callers) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(parent, "journal-bench");
    try {
      return append(folder, callers);
    } finally {
      delete(folder);
    }
  }

  private Measured append(Path folder, int callers) throws InterruptedException {
    var appended = new AtomicLong();
    long start = System.nanoTime();
    long startCpu = cpuNanos();
    long end = start + RUN.toNanos();
    long logBytesMax = 0;
    try (var journal = open(folder)) {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int c = 0; c < callers; c++) {
          int caller = c;
          executor.execute(() -> call(journal, caller, end, appended));
        }
        while (System.nanoTime() < end) {
          Thread.sleep(50);
          logBytesMax = Math.max(logBytesMax, logBytes(folder));
        }
      }
      double count = appended.get();
      return new Measured(
          count * 1e9 / (System.nanoTime() - start),
          (cpuNanos() - startCpu) / 1e9 / count * 1e5,
          logBytesMax);
    }
  }

  /**
   * Processor time of the whole process, which others on the machine do not disturb as much as the
   * time on the wall.
   */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private SqliteJournal open(Path folder) {
    return SqliteJournal.open(
        new SqliteJournalSettings(
            folder,
            JournalSettings.of(PartitionList::forNewCompany, InstantSource.system()),
            () -> Long.MAX_VALUE,
            0,
            failure -> {
              throw new IllegalStateException(failure);
            }));
  }

  private void call(SqliteJournal journal, int caller, long end, AtomicLong appended) {
    var random = new Random(caller);
    var company = CompanyId.ofBits(0x9e3779b97f4a7c15L * (caller % COMPANIES));
    for (int i = 0; System.nanoTime() < end; i++) {
      var call =
          new CallId(company, started.getEpochSecond() + "." + caller + "." + i / EVENTS_OF_A_CALL);
      var body = new byte[BODY_BYTES];
      random.nextBytes(body);
      var identity = new Identity(random.nextLong(), random.nextLong());
      var record = new NewRecord(call, Kind.IN_CALL, 0, started, identity, Bytes.wrap(body));
      journal.append(List.of(record)).toCompletableFuture().join();
      appended.incrementAndGet();
    }
  }

  private static long logBytes(Path folder) {
    try (var files = Files.list(folder)) {
      long bytes = 0;
      for (var file : files.filter(f -> f.toString().endsWith("-wal")).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException _) {
      return 0;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
