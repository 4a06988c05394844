package io.switchhook.delivery;

import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the delivery truth: watermarks, lanes, give-ups. Tiny, whatever the journal holds.
 *
 * <p>Required of a store: each lane and watermark is put atomically; put before watermark before
 * delete; a commit can be read when it completed; a stale epoch is refused. Not required: one
 * transaction over all of it. All methods may be called from any thread.
 */
public interface CursorStore extends AutoCloseable {
  /** What came of a commit. */
  enum Committed {
    DURABLE,
    /** Somebody else owns the partition now; nothing was changed. */
    FENCED
  }

  /** Takes the partition over: raises its epoch durably and returns what is stored. */
  PartitionState acquire(int partition);

  /**
   * Carries a commit out; completes when all of it is durable. Commits of one partition are carried
   * out in their order.
   */
  CompletionStage<Committed> commit(CursorCommit commit);

  /** The give-ups of a partition that reach into an offset range, by offset, then webhook. */
  List<GiveUp> giveUps(int partition, long fromOffsetInclusive, long toOffsetExclusive);

  /**
   * One webhook's give-ups in a partition that end behind an offset, by offset, at most {@code
   * max}.
   */
  List<GiveUp> giveUpsOf(WebhookId webhook, int partition, long fromOffsetInclusive, int max);

  /**
   * Forgets the give-ups of a partition that end at this offset or before and were recorded before
   * this time; durable when it returns. Returns how many there were.
   */
  long forgetGiveUps(int partition, long toOffsetExclusive, Instant recordedBefore);

  /** The highest engine time ever committed; the epoch when none was. */
  Instant highestEngineTime();

  /** Waits for commits under way, then releases the store. Safe to call twice. */
  @Override
  void close();
}
