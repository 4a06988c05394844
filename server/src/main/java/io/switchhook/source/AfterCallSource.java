package io.switchhook.source;

import io.switchhook.event.CompanyId;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.source.FollowJournal.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the after-call logs of calls that came as in-call logs: hears what is appended to the
 * journal, and when a call of a company that wants it has ended, appends the log derived from it.
 *
 * <p>At least once and not twice, also through a crash. Cursors are stored about once a second and
 * at the end.
 */
public final class AfterCallSource implements Journal.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCallSource.class);

  /** Batches that wait; what is heard beyond is read from the journal later. */
  private static final int WAITING_MAX = 1_024;

  /** After this many batches cursors are stored, even when there is no quiet second. */
  private static final int STORE_EVERY = 1_000;

  private static final long QUIET_MILLIS = 1_000;

  private record Heard(int partition, List<JournalRecord> records) {}

  /** Wakes the thread so that it sees that it shall stop. */
  private static final Heard WAKE = new Heard(-1, List.of());

  private final FollowJournal follow;
  private final InstantSource engineTime;
  private final Consumer<Throwable> onFatal;
  private final ArrayBlockingQueue<Heard> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicBoolean missedSome = new AtomicBoolean();
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /**
   * A source that is not started yet.
   *
   * @param isSwitchedOn whether the company wants after-call logs derived of in-call logs that have
   *     no notes beside; asked for each record
   * @param onFatal told when following broke: the process must then end, or it would lose logs
   */
  public AfterCallSource(
      Parts parts, Predicate<CompanyId> isSwitchedOn, Consumer<Throwable> onFatal) {
    this.follow = new FollowJournal(parts.journal(), parts.cursors(), isSwitchedOn);
    this.engineTime = parts.engineTime();
    this.onFatal = onFatal;
  }

  /**
   * What it works with.
   *
   * @param engineTime the time in which the journal says when a record was accepted
   */
  public record Parts(Journal journal, FollowCursors cursors, InstantSource engineTime) {}

  /**
   * Starts; call it before anything is appended. Calls that ended before and have no after-call log
   * get theirs now, in the background.
   */
  public void start() {
    follow.open();
    thread = Thread.ofPlatform().name("after-call logs").start(this::run);
  }

  /** Takes what was appended and returns at once. */
  @Override
  public void appended(int partition, List<JournalRecord> records) {
    if (!waiting.offer(new Heard(partition, List.copyOf(records)))) {
      missedSome.set(true);
    }
  }

  /**
   * Ends after the batch that it is at, stores its cursors and returns. Safe to call twice, and
   * unstarted. Close it before the journal.
   */
  @Override
  public void close() {
    stopping = true;
    // When nothing more fits in, the thread is awake anyway.
    var _ = waiting.offer(WAKE);
    var running = thread;
    if (running == null) {
      return;
    }
    var interrupted = false;
    while (running.isAlive()) {
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

  // Whatever ends this thread must be told: without it after-call logs would stop silently.
  @SuppressWarnings("CatchingUnchecked")
  private void run() {
    try {
      follow();
      follow.storeCursors();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.atError().setCause(e).log("after_call.failed");
      onFatal.accept(e);
    }
  }

  /** Until something is due, at most a quiet second. */
  private long millisToWait() {
    var now = engineTime.instant();
    return follow
        .nextDue()
        .map(due -> Math.clamp(Duration.between(now, due).toMillis() + 1, 0, QUIET_MILLIS))
        .orElse(QUIET_MILLIS);
  }

  private void follow() throws InterruptedException {
    var progress = follow.catchUp();
    var isBehind = progress == Progress.LATER;
    var unstored = 0;
    while (!stopping && progress != Progress.OVER) {
      var millis = progress == Progress.GOING_ON ? millisToWait() : QUIET_MILLIS;
      var heard = waiting.poll(millis, TimeUnit.MILLISECONDS);
      if (heard != null && heard.partition() >= 0) {
        progress = follow.heard(heard.partition(), heard.records());
        isBehind |= progress == Progress.LATER;
        unstored++;
      }
      if (progress == Progress.GOING_ON) {
        progress = follow.passTo(engineTime.instant());
        isBehind |= progress == Progress.LATER;
      }
      if ((heard == null && millis == QUIET_MILLIS) || unstored >= STORE_EVERY) {
        follow.storeCursors();
        unstored = 0;
        isBehind |= missedSome.getAndSet(false);
        if (isBehind) {
          progress = follow.catchUp();
          isBehind = progress == Progress.LATER;
        }
      }
    }
  }
}
