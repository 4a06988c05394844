package io.switchhook.testkit;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long it takes to drop a day of the journal, half of ten million events unless other
 * numbers are given, and the longest append meanwhile. Run by hand: needs some gigabytes in {@code
 * target/}, or in the folder that is named, and deletes them.
 */
public final class RetentionBench {
  private static final long EVENTS = 10_000_000;
  private static final int BATCH = 1_000;
  private static final int BATCHES_UNDER_WAY = 8;
  private static final int EVENTS_OF_A_CALL = 10;
  private static final int BODY_BYTES = 450;
  private static final int COMPANIES = 40;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T10:00:00Z"));
  private final Random random = new Random(1);
  private long made;

  private RetentionBench() {}

  /** Takes how many events there shall be, and the folder to write to. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : EVENTS;
    var parent = Files.createDirectories(Path.of(arguments.length > 1 ? arguments[1] : "target"));
    var folder = Files.createTempDirectory(parent, "retention-bench");
    try {
      new RetentionBench().run(folder, events);
    } finally {
      delete(folder);
    }
  }

  private void run(Path folder, long events) throws IOException, InterruptedException {
    try (var journal = open(folder)) {
      fill(journal, events / 2);
      clock.advance(Duration.ofDays(1));
      fill(journal, events - events / 2);
      IO.println("%,d events in %,d MB".formatted(made, bytes(folder) >> 20));
      var oldest = journal.oldestEnded().orElseThrow();
      long before = bytes(folder);

      var dropped = new AtomicBoolean();
      var longestNanos = new AtomicLong();
      var appends = new AtomicLong();
      var appending =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!dropped.get()) {
                      long start = System.nanoTime();
                      append(journal, 1).join();
                      longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                      appends.incrementAndGet();
                    }
                  });
      // Appends run already when the day is dropped.
      while (appends.get() < 100) {
        Thread.onSpinWait();
      }
      longestNanos.set(0);
      long start = System.nanoTime();
      boolean done = journal.drop(oldest);
      long tookNanos = System.nanoTime() - start;
      dropped.set(true);
      appending.join();

      IO.println(
          "dropping a day of %,d events, %,d MB: %,.1f ms; longest append meanwhile: %,.1f ms"
              .formatted(
                  events / 2,
                  (before - bytes(folder)) >> 20,
                  tookNanos / 1e6,
                  longestNanos.get() / 1e6));
      check(done, "the day was not dropped");
      for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
        long firstKept = oldest.firstKept().get(partition);
        check(
            firstKept == 0
                || new Page.Gone(firstKept).equals(journal.read(partition, firstKept - 1, 1)),
            "partition " + partition + " is not gone below " + firstKept);
      }
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private SqliteJournal open(Path folder) {
    return SqliteJournal.open(
        new SqliteJournalSettings(
            folder,
            JournalSettings.of(PartitionList::forNewCompany, clock),
            () -> Long.MAX_VALUE,
            0,
            failure -> {
              throw new IllegalStateException(failure);
            }));
  }

  private void fill(SqliteJournal journal, long events) {
    var underWay = new ArrayDeque<CompletableFuture<Append>>();
    for (long left = events; left > 0; left -= BATCH) {
      underWay.add(append(journal, (int) Math.min(BATCH, left)));
      if (underWay.size() == BATCHES_UNDER_WAY) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
  }

  private synchronized CompletableFuture<Append> append(SqliteJournal journal, int count) {
    var batch = new ArrayList<NewRecord>(count);
    for (int i = 0; i < count; i++) {
      var company = CompanyId.ofBits(0x9e3779b97f4a7c15L * (made / EVENTS_OF_A_CALL % COMPANIES));
      var call = new CallId(company, "1767261600." + made / EVENTS_OF_A_CALL);
      var body = new byte[BODY_BYTES];
      random.nextBytes(body);
      var identity = new Identity(random.nextLong(), random.nextLong());
      batch.add(new NewRecord(call, Kind.IN_CALL, 0, clock.instant(), identity, Bytes.wrap(body)));
      made++;
    }
    return journal.append(List.copyOf(batch)).toCompletableFuture();
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
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
