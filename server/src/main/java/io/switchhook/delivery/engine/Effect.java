package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Telling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine wants done. */
public sealed interface Effect {
  /**
   * Read a partition; answered by {@link Input.PartitionRead}.
   *
   * @param feed who reads; null for the crowd
   */
  record ReadPartition(int partition, @Nullable Feed feed, long from, int max) implements Effect {}

  /**
   * Find out what came before an offset in a lane; answered by {@link Input.ThreadRead}. See {@link
   * CallThread}.
   */
  record ReadThread(int partition, LaneKey lane, long below, WebhookCatalog catalog)
      implements Effect {}

  /**
   * Read records of a lane's call from an offset on, none at or above {@code bound}; answered by
   * {@link Input.LaneRead}.
   */
  record ReadLane(int partition, LaneKey lane, long from, long bound, int max) implements Effect {}

  /** Make one attempt; answered by {@link Input.AttemptEnded}. */
  record Attempt(int partition, LaneKey lane, Telling telling) implements Effect {}

  /** Carry out a commit; answered by {@link Input.CommitEnded}. One at a time for a partition. */
  record Commit(CursorCommit commit) implements Effect {}

  /** The receiver said 410: disable the webhook and tell its company. */
  record Disable(WebhookId webhook, String words) implements Effect {}

  /** Somebody else owns the partition now; the engine has forgotten it. */
  record Lost(int partition) implements Effect {}

  /**
   * A webhook's breaker opened until then, or, with null, has closed: its receiver answers again.
   */
  record BreakerMoved(WebhookId webhook, @Nullable Instant openUntil) implements Effect {}

  /** A webhook reads a partition at its own pace from now on, or has caught up with the crowd. */
  record Detached(int partition, WebhookId webhook, boolean isDetached) implements Effect {}

  /**
   * All that a replay has to tell in this partition is terminal, durably; it waits for {@link
   * Input.EndReplay}.
   */
  record ReplayEnded(int partition, Feed feed, long done) implements Effect {}

  /** Nothing below {@code floor} is pending, durably. */
  record Retired(int partition, long floor) implements Effect {}

  /**
   * Everything that a webhook wanted in this stretch of a partition was durably given up unread.
   */
  record GaveUpUnread(GiveUp giveUp) implements Effect {}

  /** An event was routed. */
  record Routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled)
      implements Effect {}

  /** An attempt ended. */
  record Attempted(AttemptReport report) implements Effect {}

  /** A delivery was durably given up. */
  record GaveUp(WebhookId webhook, JournalRecord event, Reason reason, Instant at)
      implements Effect {}

  /** A commit is durable. */
  record Committed(int partition, long watermark) implements Effect {}
}
