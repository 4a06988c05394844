package io.switchhook.bench.run;

import com.sun.management.OperatingSystemMXBean;
import io.switchhook.bench.ledger.Ledger;
import io.switchhook.bench.process.DiskCounts;
import io.switchhook.bench.process.ProcessFigures;
import io.switchhook.bench.process.ServerMetrics;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.run.Sample.Effort;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the server's process and at this one, twice a second, on a thread of its own. */
final class Watch implements AutoCloseable {
  private static final long EVERY_MILLIS = 500;
  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Sample> samples = new ArrayList<>();
  private final Watched watched;
  private final long[] receiverNanos;
  private @Nullable ServerProcess server;
  private @Nullable ProcessFigures ofServer;
  private double cpuOfEarlierLives;
  private long writtenOfEarlierLives;
  private DiskCounts diskOfEarlierLives = DiskCounts.NONE;
  private DiskCounts disk = DiskCounts.NONE;
  private long residentBytesMax;
  private long lastAtNanos = System.nanoTime();

  /** What is looked at besides the server. */
  record Watched(long generatorThread, List<Long> receiverThreads, Ledger ledger) {
    Watched {
      receiverThreads = List.copyOf(receiverThreads);
    }
  }

  private Watch(Watched watched) {
    this.watched = watched;
    this.receiverNanos = new long[watched.receiverThreads().size()];
  }

  static Watch start(Watched watched) {
    var watch = new Watch(watched);
    Thread.ofPlatform().daemon().name("watch").start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!end.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A server begins its life. */
  synchronized void begins(ServerProcess begun) {
    server = begun;
  }

  /** The process of the server that lives now; empty between two lives. */
  synchronized OptionalLong pid() {
    return server == null ? OptionalLong.empty() : OptionalLong.of(server.pid());
  }

  /** The server is about to end. */
  synchronized void ends() {
    lookAtServer();
    if (ofServer != null) {
      cpuOfEarlierLives += ofServer.cpuSeconds();
      writtenOfEarlierLives += Math.max(0, ofServer.writtenBytes());
    }
    diskOfEarlierLives = diskOfEarlierLives.plus(disk);
    disk = DiskCounts.NONE;
    server = null;
    ofServer = null;
  }

  private void lookAtServer() {
    if (server != null) {
      ProcessFigures.of(server.pid())
          .ifPresent(
              figures -> {
                ofServer = figures;
                residentBytesMax = Math.max(residentBytesMax, figures.residentBytesMax());
              });
    }
  }

  /** Takes a sample now. */
  void look() throws InterruptedException {
    String url;
    synchronized (this) {
      url = server == null ? "" : server.url();
    }
    // Asked outside of the lock: a server that does not answer must not hold up its own end.
    var metrics =
        (url.isEmpty()
                ? Optional.<ServerMetrics>empty()
                : ServerMetrics.of(http, url, ServerProcess.ADMIN_KEY))
            .orElse(ServerMetrics.NONE);
    synchronized (this) {
      lookAtServer();
      if (server != null && metrics.disk().isKnown()) {
        disk = metrics.disk();
      }
      samples.add(sample(metrics));
    }
  }

  private Sample sample(ServerMetrics metrics) {
    var now = System.nanoTime();
    var figures = ofServer;
    return new Sample(
        now,
        watched.ledger().accepted(),
        cpuOfEarlierLives + (figures == null ? 0 : figures.cpuSeconds()),
        figures == null ? 0 : figures.residentBytes(),
        figures != null && figures.writtenBytes() < 0
            ? -1
            : writtenOfEarlierLives + (figures == null ? 0 : figures.writtenBytes()),
        effort(),
        receiverBusy(now),
        metrics.lanes(),
        metrics.lanesMax(),
        metrics.detached(),
        diskOfEarlierLives.plus(disk));
  }

  private Effort effort() {
    var ledger = watched.ledger();
    var nanos = 0L;
    for (var receiver : watched.receiverThreads()) {
      nanos += threads.getThreadCpuTime(receiver);
    }
    return new Effort(
        ledger.sent(),
        threads.getThreadCpuTime(watched.generatorThread()) / NANOS,
        ledger.heard(),
        nanos / NANOS,
        system.getProcessCpuTime() / NANOS);
  }

  private double receiverBusy(long now) {
    var busiest = 0L;
    for (var i = 0; i < receiverNanos.length; i++) {
      var nanos = threads.getThreadCpuTime(watched.receiverThreads().get(i));
      busiest = Math.max(busiest, nanos - receiverNanos[i]);
      receiverNanos[i] = nanos;
    }
    var since = Math.max(1, now - lastAtNanos);
    lastAtNanos = now;
    return busiest / (double) since;
  }

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  synchronized long residentBytesMax() {
    return residentBytesMax;
  }

  @Override
  public void close() {
    end.countDown();
    http.shutdownNow();
  }
}
