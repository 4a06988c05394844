package io.switchhook.replay;

import io.switchhook.company.Change;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where work waits for its turn: changes one after the other, counts a few at a time. */
final class Lines implements AutoCloseable {
  static final int COUNTING_MAX = 2;
  static final int WAITING_MAX = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

  private final ExecutorService changes =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("replay-changes").daemon().factory());
  private final ExecutorService counts =
      new ThreadPoolExecutor(
          COUNTING_MAX,
          COUNTING_MAX,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().name("replay-counter-", 0).daemon().factory());
  private volatile boolean closed;

  /** Carries a change out when those before it have ended. */
  <T> CompletionStage<Change<T>> change(Supplier<Change<T>> work) {
    return run(changes, work);
  }

  /** Counts, when there is room to. */
  <T> CompletionStage<Change<T>> count(Supplier<Change<T>> work) {
    return run(counts, work);
  }

  // The top of a unit of work: whoever waits must hear of it.
  @SuppressWarnings("CatchingUnchecked")
  private <T> CompletionStage<Change<T>> run(ExecutorService line, Supplier<Change<T>> work) {
    var done = new CompletableFuture<Change<T>>();
    try {
      line.execute(
          () -> {
            try {
              done.complete(work.get());
            } catch (CancellationException _) {
              done.complete(new Change.Unavailable<>("the server is stopping"));
            } catch (RuntimeException e) {
              LOG.atError().setCause(e).log("replay.failed");
              done.complete(
                  new Change.Unavailable<>(
                      "the store of replays failed; the server's log says why"));
            }
          });
    } catch (RejectedExecutionException _) {
      done.complete(
          new Change.Unavailable<>(
              closed
                  ? "the server is stopping"
                  : "too many replays are being counted; nothing was started"));
    }
    return done;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    changes.shutdown();
    counts.shutdown();
    var interrupted = false;
    for (var line : new ExecutorService[] {changes, counts}) {
      while (!line.isTerminated()) {
        try {
          line.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
