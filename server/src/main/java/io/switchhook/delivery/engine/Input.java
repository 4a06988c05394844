package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.PartitionState;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Outcome;
import java.time.Instant;
import java.util.List;

/** What the engine is told. */
public sealed interface Input {
  /** A partition was acquired; {@code end} is the journal's end there. */
  record Opened(PartitionState state, long end) implements Input {}

  /** Records of a partition became durable, consecutive and in order. */
  record Appended(int partition, List<JournalRecord> records) implements Input {}

  /** Answers {@link Effect.ReadPartition}: the records from {@code from} on, none left out. */
  record PartitionRead(int partition, long from, List<JournalRecord> records) implements Input {}

  /**
   * Answers {@link Effect.ReadPartition} where the journal has lost records: it goes on at {@code
   * nextOffset}.
   */
  record PartitionGap(int partition, long nextOffset) implements Input {}

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
   */
  record LaneRead(int partition, LaneKey lane, List<JournalRecord> records, long readTo)
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

  /** Time has passed: something may be due. */
  record TimePassed() implements Input {}

  /** No new attempt is made from now on; those under way go on. */
  record StopAttempts() implements Input {}

  /**
   * The end is near: every delivery that is not terminal gets a lane row, so that a restart repeats
   * nothing else.
   */
  record Flush() implements Input {}
}
