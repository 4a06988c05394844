package io.switchhook.source.myoperator;

import io.switchhook.source.SourceParts;
import io.switchhook.source.myoperator.DecodeRequest.Told;
import io.switchhook.source.myoperator.DecodeRequest.Unread;
import io.switchhook.source.myoperator.Reorder.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that tells what waits in the inbox. How much may wait is bounded: what is beyond is
 * refused at the door, and sent again by the vendor.
 */
final class TellThread implements AutoCloseable {
  /** More events do not wait. */
  static final int WAITING_MAX = 20_000;

  /** More bytes of requests do not wait. */
  static final long WAITING_BYTES_MAX = 64L << 20;

  /** How long a call is remembered after its last event: as long as the journal knows repeats. */
  static final Duration CALLS_KEPT = Duration.ofDays(4);

  private static final Logger LOG = LoggerFactory.getLogger(TellThread.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final long QUIET_MILLIS = 60_000;

  /** Wakes the thread so that it sees that it shall stop. */
  private static final List<Waiting> WAKE = List.of();

  private final MyOperatorSettings settings;
  private final SourceParts parts;
  private final Inbox inbox;
  private final Runnable unreadChanged;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final TellCalls calls;
  private final LinkedBlockingQueue<List<Waiting>> arrivals = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private Instant forgotAt = Instant.EPOCH;
  private @Nullable Thread thread;

  /**
   * A thread that is not started.
   *
   * @param unreadChanged told when there are more or fewer unread requests than before
   */
  TellThread(MyOperatorSettings settings, SourceParts parts, Inbox inbox, Runnable unreadChanged) {
    this.unreadChanged = unreadChanged;
    this.settings = settings;
    this.parts = parts;
    this.inbox = inbox;
    this.calls = new TellCalls(settings, inbox, parts.journal(), stopped);
  }

  void start() {
    thread = Thread.ofPlatform().name("source " + settings.name()).start(this::run);
  }

  /** Why no more is taken at present, in a sentence; empty when it is. */
  Optional<String> refusal(int moreBytes) {
    if (waiting.get() >= WAITING_MAX || waitingBytes.get() + moreBytes > WAITING_BYTES_MAX) {
      return Optional.of("More comes than can be told: " + waiting.get() + " events wait.");
    }
    return calls.refusal();
  }

  /** How many events wait. */
  int waiting() {
    return waiting.get();
  }

  /** An event of so many bytes is about to come. */
  void expect(int bytes) {
    waiting.incrementAndGet();
    waitingBytes.addAndGet(bytes);
  }

  /** It does not come after all. */
  void forgo(int bytes) {
    waiting.decrementAndGet();
    waitingBytes.addAndGet(-bytes);
  }

  /** Takes events that were {@link #expect expected} and are in the inbox now. */
  void offer(List<Waiting> events) {
    arrivals.add(events);
  }

  // Whatever ends this thread must be told: without it events would wait for ever.
  @SuppressWarnings("CatchingUnchecked")
  private void run() {
    try {
      loadWaiting();
      while (stopped.getCount() > 0) {
        var now = parts.clock().instant();
        calls.tell(now);
        forget(now);
        takeArrivals();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.atError().addKeyValue("source", settings.name()).setCause(e).log("source.failed");
      parts.onFatal().accept(e);
    }
  }

  /** What waited when the server stopped or died. */
  private void loadWaiting() {
    var afterId = 0L;
    for (var page = inbox.waiting(afterId, Inbox.PAGE_MAX);
        !page.isEmpty();
        page = inbox.waiting(afterId, Inbox.PAGE_MAX)) {
      afterId = page.getLast().id();
      page.forEach(this::load);
    }
  }

  private void load(Inbox.Row row) {
    var request = row.request();
    switch (DecodeRequest.of(request, settings.fields(), settings.tellAs())) {
      case Told(var event) -> {
        expect(request.body().size());
        calls.offer(new Waiting(row.id(), event, request.receivedAt().toEpochMilli()));
      }
      case Unread(var reason) -> inbox.setUnread(row.id(), reason);
      case DecodeRequest.Nothing() ->
          inbox.setUnread(row.id(), "it tells nothing with the settings of today");
    }
  }

  private void takeArrivals() throws InterruptedException {
    var nextMillis = calls.dueMillis().orElse(Long.MAX_VALUE);
    var pause = Math.clamp(nextMillis - parts.clock().millis(), 1, QUIET_MILLIS);
    var first = arrivals.poll(pause, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    var all = new ArrayList<List<Waiting>>();
    all.add(first);
    arrivals.drainTo(all);
    all.forEach(events -> events.forEach(calls::offer));
  }

  private void forget(Instant now) {
    if (forgotAt.plus(FORGET_EVERY).isBefore(now)) {
      inbox.forget(now.minus(CALLS_KEPT), now.minus(settings.unreadRetention()));
      unreadChanged.run();
      forgotAt = now;
    }
  }

  /**
   * Ends after the batch that it is at. What waits stays in the inbox, and is told after the next
   * start. Safe to call twice, and unstarted.
   */
  @Override
  public void close() {
    stopped.countDown();
    calls.stop();
    arrivals.add(WAKE);
    var running = thread;
    var interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
