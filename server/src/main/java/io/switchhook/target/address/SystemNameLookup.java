package io.switchhook.target.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/*
 * Looks names up as every other program of the machine does: hosts file, search domains, the
 * resolver that the operating system is set to. The call blocks, so it has threads of its own.
 *
 * One name is looked up once at a time, however many ask, so a name whose servers do not answer
 * holds one thread. An answer is kept for 5 seconds (the Java platform keeps its own for 30), that
 * there is none likewise. Keeping is safe: every answer is checked again at each connect.
 */
/** Looks names up through the operating system. */
public final class SystemNameLookup implements NameLookup {
  private static final int THREADS_MAX = 32;
  private static final int WAITING_MAX = 1_000;
  private static final int NAMES_KEPT_MAX = 10_000;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Turns a name into addresses and may block; {@code InetAddress::getAllByName} outside tests. */
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private record Entry(CompletableFuture<Answer> answer, boolean isRunning, long endedNanos) {}

  private final Resolver resolver;
  private final LongSupplier nanoClock;
  private final Duration limit;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  /** Looks up through the operating system; {@code nanoClock} is {@code System::nanoTime}. */
  public SystemNameLookup(LongSupplier nanoClock) {
    this(InetAddress::getAllByName, nanoClock, LIMIT);
  }

  SystemNameLookup(Resolver resolver, LongSupplier nanoClock, Duration limit) {
    this.resolver = resolver;
    this.nanoClock = nanoClock;
    this.limit = limit;
    var pool =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("switchhook-names-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  @Override
  public void lookup(String host, Consumer<Answer> done) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      done.accept(thisMachine());
      return;
    }
    var now = nanoClock.getAsLong();
    var kept = entries.get(host);
    if (kept != null && isFresh(kept, now)) {
      var _ = kept.answer.thenAccept(done);
      return;
    }
    if (entries.size() > NAMES_KEPT_MAX) {
      entries.values().removeIf(entry -> !isFresh(entry, now));
    }
    var started = new boolean[1];
    var entry =
        entries.compute(
            host,
            (_, known) -> {
              if (known != null && isFresh(known, now)) {
                return known;
              }
              started[0] = true;
              return new Entry(new CompletableFuture<>(), true, 0);
            });
    if (started[0]) {
      start(host, entry);
    }
    var _ = entry.answer.thenAccept(done);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void start(String host, Entry entry) {
    var late =
        new NotFound(
            "the name servers did not answer for " + host + " within " + limit.toMillis() + " ms");
    entry.answer.completeOnTimeout(late, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      threads.execute(() -> keep(host, entry, resolve(host)));
    } catch (RejectedExecutionException _) {
      keep(host, entry, new NotFound("too many names are being looked up to look up " + host));
    }
  }

  private void keep(String host, Entry running, Answer answer) {
    // Put first: an answer that comes too late for who asked serves the next one.
    entries.put(
        host, new Entry(CompletableFuture.completedFuture(answer), false, nanoClock.getAsLong()));
    running.answer.complete(answer);
  }

  private Answer resolve(String host) {
    try {
      return new Found(List.of(resolver.addresses(host)));
    } catch (UnknownHostException | IllegalArgumentException | SecurityException _) {
      return new NotFound("the name " + host + " has no address");
    }
  }

  private static boolean isFresh(Entry entry, long now) {
    return entry.isRunning || now - entry.endedNanos < KEPT_NANOS;
  }

  /** RFC 6761: these names never leave the machine. */
  private static Answer thisMachine() {
    return new Found(
        List.of(
            Literal.ofBytes(new byte[] {127, 0, 0, 1}),
            Literal.ofBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})));
  }
}
