package io.switchhook.testkit;

import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.HistoryObserver;
import io.switchhook.history.HistoryWriter;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape.Header;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Measures the processor time that writing history takes of an event, with nothing in the day's
 * file and with as many events as are named. Each event is told to one webhook at the first
 * attempt; a call has four events, half a second apart. Run by hand: needs a gigabyte for each
 * million events in {@code target/}, and deletes it.
 *
 * <p>Arguments, each of which may be left out from the end: events in the file at last, webhooks,
 * events of a second.
 */
public final class HistoryBench {
  private static final int MEASURED_SECONDS = 8;
  private static final int EVENTS_OF_A_CALL = 4;
  private static final long WAITING_BYTES_MAX = 8L << 20;
  private static final Duration ANSWERED_AFTER = Duration.ofMillis(5);
  private static final Instant START = Instant.parse("2026-01-05T00:10:00Z");
  private static final CompanyId COMPANY = new CompanyId("5d1c6d5bd6d47651");

  private final HistoryWriter writer;
  private final HistoryObserver observer;
  private final WebhookId[] webhooks;
  private final int perSecond;
  private long made;

  private HistoryBench(HistoryWriter writer, int webhooks, int perSecond) {
    this.writer = writer;
    this.observer = new HistoryObserver(writer, (_, _) -> Optional.of("crm.example.com"));
    this.webhooks = new WebhookId[webhooks];
    for (int i = 0; i < webhooks; i++) {
      this.webhooks[i] = new WebhookId("wh_%08d".formatted(i));
    }
    this.perSecond = perSecond;
  }

  /** Measures, and prints what came of it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long events = argument(arguments, 0, 2_000_000);
    var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "history");
    try (var store = new SqliteHistoryStore(folder);
        var writer = new HistoryWriter(store, _ -> true)) {
      writer.start();
      var bench =
          new HistoryBench(
              writer, (int) argument(arguments, 1, 200), (int) argument(arguments, 2, 20_000));
      bench.measure(folder, "cold");
      bench.measure(folder, "warm");
      bench.fill(events);
      bench.measure(folder, "full");
    } finally {
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static long argument(String[] arguments, int place, long otherwise) {
    return arguments.length > place ? Long.parseLong(arguments[place]) : otherwise;
  }

  private void measure(Path folder, String name) throws IOException, InterruptedException {
    writer.flush();
    long before = made;
    long cpuNanos = cpuNanos("history-writer");
    long othersNanos = processNanos() - cpuNanos("main");
    long bytes = bytes(folder);
    long start = System.nanoTime();
    for (int part = 0; part < MEASURED_SECONDS * 100; part++) {
      tell(perSecond / 100);
      long aheadNanos = (part + 1) * 10_000_000L - (System.nanoTime() - start);
      if (aheadNanos > 0) {
        Thread.sleep(Duration.ofNanos(aheadNanos));
      }
    }
    writer.flush();
    double events = made - before;
    IO.println(
        "%s: %,d to %,d events: writer %.1f µs an event, all but the feeding thread %.1f µs, file %.0f bytes an event, %.1f s, details shed %d, outcomes shed %d"
            .formatted(
                name,
                before,
                made,
                (cpuNanos("history-writer") - cpuNanos) / 1e3 / events,
                (processNanos() - cpuNanos("main") - othersNanos) / 1e3 / events,
                (bytes(folder) - bytes) / events,
                (System.nanoTime() - start) / 1e9,
                writer.detailsShed(),
                writer.outcomesShed()));
  }

  private void fill(long events) throws InterruptedException {
    while (made < events) {
      tell(200);
    }
  }

  /** So many events, each of which was answered before the next one comes; sheds none. */
  private void tell(int count) throws InterruptedException {
    while (writer.waitingBytes() > WAITING_BYTES_MAX) {
      Thread.sleep(1);
    }
    for (int i = 0; i < count; i++) {
      var event = event(made);
      var webhook = webhooks[(int) (made * 7 % webhooks.length)];
      observer.routed(event, List.of(webhook), List.of());
      observer.attempted(
          new AttemptReport(
              webhook,
              event,
              1,
              event.acceptedAt().plus(ANSWERED_AFTER),
              new Outcome.Delivered(200, answer(event), Duration.ofNanos(1_234_000 + made % 1000)),
              /* nextAttemptAt= */ null,
              Mark.LIVE));
      made++;
      if (made % (perSecond / 5) == 0) {
        for (int partition = 0; partition < 64; partition++) {
          observer.committed(partition, made);
        }
      }
    }
  }

  /** Calls begin so that each has one of its events in each half of a second. */
  private JournalRecord event(long number) {
    int inHalf = perSecond / 2;
    int callsInHalf = inHalf / EVENTS_OF_A_CALL;
    long half = number / inHalf;
    long age = number % inHalf / callsInHalf % EVENTS_OF_A_CALL;
    long ofCall = (half - age + EVENTS_OF_A_CALL) * callsInHalf + number % callsInHalf;
    var call = new CallId(COMPANY, "bench-7-%010d".formatted(ofCall));
    var at = START.plusMillis(number * 1_000 / perSecond);
    return new JournalRecord(
        (int) (ofCall % 64),
        number,
        call,
        Kind.IN_CALL,
        0,
        at,
        at,
        new Identity(number * 0x9e3779b97f4a7c15L, number),
        (int) age + 1,
        log(number, call.uid(), "1562".charAt((int) age)));
  }

  private static Bytes log(long number, String uid, char state) {
    return Bytes.utf8(
        """
        {"id":"%016x","uid":"%s","reference_id":null,"company_id":"5d1c6d5bd6d47651",\
        "clid_raw":"919711636496","clid":"9711636496","rdnis":"918049202020","call_state":"%s",\
        "event":"1","status":null,"users":["919999999999"],"created":"2026-01-05 10:00:00",\
        "call_time":"2026-01-05 10:00:00","public_ivr_id":"5d1c6d5bd6d476","client_ref_id":null,"job_id":null}
        """
            .formatted(number, uid, state));
  }

  private static Outcome.Answer answer(JournalRecord event) {
    int second = (int) (event.acceptedAt().getEpochSecond() % 60);
    return new Outcome.Answer(
        List.of(
            new Header("Date", "Mon, 05 Jan 2026 10:00:%02d GMT".formatted(second)),
            new Header("Content-Type", new String("application/json")),
            new Header("Content-Length", new String("2")),
            new Header("Server", new String("nginx")),
            new Header("Connection", new String("keep-alive"))),
        Bytes.utf8("ok"),
        /* cut= */ false);
  }

  private static long cpuNanos(String name) {
    var threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(name)) {
        nanos += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return nanos;
  }

  private static long processNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
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
}
