package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Replay;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine is told. */
public sealed interface Input {
  /**
   * A partition was acquired.
   *
   * @param end the journal's end there
   * @param replays those that are not over and have events in it
   */
  record Opened(PartitionState state, long end, List<Replay> replays) implements Input {
    public Opened {
      replays = List.copyOf(replays);
    }
  }

  /** Records of a partition became durable, consecutive and in order. */
  record Appended(int partition, List<JournalRecord> records) implements Input {}

  /**
   * Answers {@link Effect.ReadPartition}: the records from {@code from} on, none left out.
   *
   * @param giveUps of a replay's webhook in this stretch
   */
  record PartitionRead(
      int partition, @Nullable Feed feed, long from, List<JournalRecord> records, GiveUps giveUps)
      implements Input {}

  /**
   * Answers {@link Effect.ReadPartition} where the journal has nothing more: it goes on at {@code
   * nextOffset}.
   */
  record PartitionGap(int partition, @Nullable Feed feed, long nextOffset) implements Input {}

  /**
   * Answers {@link Effect.ReadThread}.
   *
   * @param previous the sequence of the nearest event of the call below the offset asked for that
   *     matched the webhook; 0 if none
   * @param skipped how many such events just below it were given up since the last one told
   */
  record ThreadRead(int partition, LaneKey lane, int previous, int skipped) implements Input {}

  /**
   * Answers {@link Effect.ReadLane}: the records of the call from the offset asked for, in order.
   *
   * @param readTo nothing of the call below this offset is missing
   * @param giveUps of a replay's webhook in this stretch
   */
  record LaneRead(
      int partition, LaneKey lane, List<JournalRecord> records, long readTo, GiveUps giveUps)
      implements Input {}

  /** Answers {@link Effect.Attempt}. */
  record AttemptEnded(
      int partition, LaneKey lane, JournalRecord event, Instant startedAt, Outcome outcome)
      implements Input {}

  /** Answers {@link Effect.Commit}. */
  record CommitEnded(int partition, Committed result) implements Input {}

  /** From now on nothing of the partition is routed. */
  record Hold(int partition) implements Input {}

  /** The catalog in force from now on; these partitions are no longer held. */
  record Release(List<Integer> partitions, WebhookCatalog catalog) implements Input {}

  /** A replay begins in this partition. */
  record StartReplay(int partition, Replay replay) implements Input {}

  /** A replay is over here, told to its end or not: its rows go, nothing more of it starts. */
  record EndReplay(int partition, Feed feed) implements Input {}

  /**
   * The journal is going to let go of what is below {@code floor}: what is pending there is given
   * up. Answered by {@link Effect.Retired}.
   */
  record Retire(int partition, long floor) implements Input {}

  /** Time has passed: something may be due. */
  record TimePassed() implements Input {}

  /** No new attempt is made from now on; those under way go on. */
  record StopAttempts() implements Input {}

  /**
   * The worker was late with its own work: what waits, waits for this machine and not for
   * receivers.
   */
  record WorkerLate() implements Input {}

  /**
   * The end is near: every delivery that is not terminal gets a lane row, so that a restart repeats
   * nothing else.
   */
  record Flush() implements Input {}
}
