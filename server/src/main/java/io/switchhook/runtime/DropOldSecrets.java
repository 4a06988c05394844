package io.switchhook.runtime;

import io.switchhook.company.Change;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops, time and again, the signing secrets that were rotated out and have come to their end. One
 * round at a time; one that fails is logged, and the next one does its work.
 */
final class DropOldSecrets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DropOldSecrets.class);

  private final Vertx vertx;
  private final Supplier<CompletionStage<Change<Integer>>> drop;
  private final long timer;
  // Both guarded by this.
  private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);
  private boolean closed;

  /** Starts; the first round comes after {@code period}. */
  static DropOldSecrets every(
      Duration period, Vertx vertx, Supplier<CompletionStage<Change<Integer>>> drop) {
    return new DropOldSecrets(period, vertx, drop);
  }

  private DropOldSecrets(
      Duration period, Vertx vertx, Supplier<CompletionStage<Change<Integer>>> drop) {
    this.vertx = vertx;
    this.drop = drop;
    this.timer = vertx.setPeriodic(period.toMillis(), _ -> begin());
  }

  private synchronized void begin() {
    if (closed || !round.isDone()) {
      return;
    }
    round = begun().handle(DropOldSecrets::log).toCompletableFuture();
  }

  private CompletionStage<Change<Integer>> begun() {
    try {
      return drop.get();
    } catch (RuntimeException e) { // The top of a unit of work.
      return CompletableFuture.failedStage(e);
    }
  }

  private static @Nullable Void log(@Nullable Change<Integer> change, @Nullable Throwable failure) {
    switch (change) {
      case null ->
          LOG.atWarn().setCause(failure).log("secrets.drop_failed: the next round does it");
      case Change.Done<Integer>(var count) -> {
        if (count > 0) {
          LOG.atInfo().addKeyValue("webhooks", count).log("secrets.dropped");
        }
      }
      default ->
          LOG.atWarn()
              .addKeyValue("result", change)
              .log("secrets.drop_failed: the next round does it");
    }
    return null;
  }

  /** Begins no round any more, and returns when the one under way has ended. Safe to call twice. */
  @Override
  public void close() {
    vertx.cancelTimer(timer);
    CompletableFuture<Void> last;
    synchronized (this) {
      closed = true;
      last = round;
    }
    last.join();
  }
}
