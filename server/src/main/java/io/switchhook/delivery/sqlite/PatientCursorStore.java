package io.switchhook.delivery.sqlite;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cursors before another store that carry a commit out later when the disk is full, or too much
 * waits to be written: nothing of it was kept, so the same again is safe, and until then the
 * cursors are only older than they could be. Pauses grow from {@link #FIRST_PAUSE} to {@link
 * #PAUSE_MAX}. A partition has one commit under way, so that none overtakes another.
 */
public final class PatientCursorStore implements CursorStore {
  static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  static final Duration PAUSE_MAX = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(PatientCursorStore.class);

  private final CursorStore store;
  private final Function<Duration, Executor> later;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean hurried;

  /** Before this store, which it closes. */
  public PatientCursorStore(CursorStore store) {
    this(
        store, pause -> CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** With another way to run something after a pause. */
  PatientCursorStore(CursorStore store, Function<Duration, Executor> later) {
    this.store = store;
    this.later = later;
  }

  /** True while a commit waits for room on the disk. */
  public boolean isWaiting() {
    return waiting.get() > 0;
  }

  /**
   * From now on a commit fails when there is no room: the server stops. What was not stored is told
   * again after the next start.
   */
  public void hurry() {
    hurried = true;
  }

  @Override
  public CompletionStage<Committed> commit(CursorCommit commit) {
    var done = new CompletableFuture<Committed>();
    attempt(commit, done, FIRST_PAUSE);
    return done;
  }

  private void attempt(CursorCommit commit, CompletableFuture<Committed> done, Duration pause) {
    store
        .commit(commit)
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                done.complete(result);
              } else if (isWorthWaiting(failure)) {
                waitFor(commit, done, pause, failure);
              } else {
                done.completeExceptionally(failure);
              }
            });
  }

  private boolean isWorthWaiting(Throwable failure) {
    return !hurried
        && (failure instanceof DatabaseException.DiskFull
            || failure instanceof DatabaseException.Busy);
  }

  private void waitFor(
      CursorCommit commit, CompletableFuture<Committed> done, Duration pause, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("partition", commit.partition())
        .addKeyValue("reason", failure.getMessage())
        .addKeyValue("again_after", pause)
        .log("cursors.not_stored: deliveries go on, and may be told again after a crash");
    var next = pause.multipliedBy(2);
    waiting.incrementAndGet();
    later
        .apply(pause)
        .execute(
            () -> {
              waiting.decrementAndGet();
              attempt(commit, done, next.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : next);
            });
  }

  @Override
  public PartitionState acquire(int partition) {
    return store.acquire(partition);
  }

  @Override
  public List<GiveUp> giveUps(int partition, long fromOffsetInclusive, long toOffsetExclusive) {
    return store.giveUps(partition, fromOffsetInclusive, toOffsetExclusive);
  }

  @Override
  public List<GiveUp> giveUpsOf(
      WebhookId webhook, int partition, long fromOffsetInclusive, int max) {
    return store.giveUpsOf(webhook, partition, fromOffsetInclusive, max);
  }

  @Override
  public long forgetGiveUps(int partition, long toOffsetExclusive, Instant recordedBefore) {
    return store.forgetGiveUps(partition, toOffsetExclusive, recordedBefore);
  }

  @Override
  public Instant highestEngineTime() {
    return store.highestEngineTime();
  }

  @Override
  public void close() {
    hurry();
    store.close();
  }
}
