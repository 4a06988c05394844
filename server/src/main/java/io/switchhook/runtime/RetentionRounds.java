package io.switchhook.runtime;

import io.switchhook.sqlite.GroupWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the rounds of {@link Retention}, on a thread of its own: deleting a file may take a while.
 * A round that fails is logged, and the next one does its work.
 */
final class RetentionRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRounds.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Retention retention;
  private final Thread thread;

  /** Starts; the first round comes at once. */
  RetentionRounds(Retention.Parts parts) {
    this.retention = new Retention(parts, stopped);
    this.thread = Thread.ofPlatform().name("retention").start(this::run);
  }

  private void run() {
    while (!stopped.isDone()) {
      round();
      awaitNext();
    }
  }

  // Whatever failed, the next round may do it; deliveries do not need this one.
  @SuppressWarnings("CatchingUnchecked")
  private void round() {
    try {
      retention.round();
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("again_after", PERIOD)
          .log("retention.failed: nothing more is dropped until it succeeds");
    }
  }

  private void awaitNext() {
    try {
      stopped.get(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It is time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.complete(null);
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is never completed so", e);
    }
  }

  /** Returns when the round under way has ended. Safe to call twice. */
  @Override
  public void close() {
    stopped.complete(null);
    GroupWriter.joinUninterruptibly(thread);
  }
}
