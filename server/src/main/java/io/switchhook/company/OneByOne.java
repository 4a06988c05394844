package io.switchhook.company;

import io.switchhook.sqlite.DatabaseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out changes one after the other: each starts when the one before it has ended, however it
 * ended.
 */
final class OneByOne {
  private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private CompletionStage<?> last = CompletableFuture.completedFuture(null);

  /** Puts a change at the end; what fails in it becomes {@link Change.Unavailable}. */
  <T> CompletionStage<Change<T>> run(Supplier<CompletionStage<Change<T>>> change) {
    lock.lock();
    try {
      var ended = last.thenCompose(_ -> started(change)).exceptionally(OneByOne::unavailable);
      last = ended;
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private static <T> CompletionStage<Change<T>> started(
      Supplier<CompletionStage<Change<T>>> change) {
    return change.get();
  }

  static <T> Change<T> unavailable(Throwable failure) {
    var cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof DatabaseException expected) {
      LOG.atWarn().addKeyValue("reason", expected.getMessage()).log("change.refused_by_store");
    } else {
      LOG.atError().setCause(cause).log("change.failed");
    }
    return new Change.Unavailable<>(
        switch (cause) {
          case DatabaseException.DiskFull _ -> "the disk is full; nothing was changed";
          case DatabaseException.Closed _ -> "the server is stopping; nothing was changed";
          case DatabaseException.Busy _ -> "the store is busy; nothing was changed";
          default -> "the change could not be stored; the server's log says why";
        });
  }

  static <T> CompletionStage<Change<T>> refused(List<FieldMistake> mistakes) {
    return CompletableFuture.completedStage(new Change.Refused<>(mistakes));
  }

  static <T> CompletionStage<Change<T>> conflict(String words) {
    return CompletableFuture.completedStage(new Change.Conflict<>(words));
  }

  static <T> CompletionStage<Change<T>> notFound() {
    return CompletableFuture.completedStage(new Change.NotFound<>());
  }
}
