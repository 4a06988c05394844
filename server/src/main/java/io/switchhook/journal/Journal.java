package io.switchhook.journal;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The durable, ordered log of events and notes, in 256 partitions.
 *
 * <p>Offsets of a partition go 0, 1, 2 … and become visible in their order. Records of one call are
 * all in one partition; their sequences go 1, 2, 3 … within the dedupe window. All methods may be
 * called from any thread; reads block for as long as the store takes.
 */
public interface Journal extends AutoCloseable {
  /** The most records that one read returns. */
  int PAGE_RECORDS_MAX = 4_096;

  /**
   * Hears what became durable, in order within each partition, on the journal's writer thread; must
   * return at once.
   */
  interface Listener {
    /** {@code records} are of one partition, consecutive, and durable. */
    void appended(int partition, List<JournalRecord> records);
  }

  /**
   * Takes all of the batch or nothing. Completes when it is durable; callbacks run on the writer
   * thread.
   */
  CompletionStage<Append> append(List<NewRecord> batch);

  /** Reads at most {@code max} records of a partition from an offset on. */
  Page read(int partition, long fromOffsetInclusive, int max);

  /** Reads at most {@code max} records of one company in a partition from an offset on. */
  Page readCompany(CompanyId company, int partition, long fromOffsetInclusive, int max);

  /**
   * Reads at most {@code max} records of a call from an offset of a partition on, in order; fewer
   * means that there are no more. What retention dropped is passed over.
   */
  List<JournalRecord> readCall(int partition, CallId call, long fromOffsetInclusive, int max);

  /**
   * The partitions that have records of a call, the one of its oldest record first. More than one
   * when the call came again after the dedupe window and its company's list was widened meanwhile.
   */
  List<Integer> partitionsOf(CallId call);

  /** The offset that the next record of the partition to become visible gets. */
  long end(int partition);

  /** The oldest offset that can still be read; equals {@link #end} when the partition is empty. */
  long oldest(int partition);

  /** How much of time is kept. */
  Extent extent();

  /**
   * The oldest segment, when it has ended: what retention may take away next. Empty while only the
   * open segment is there, which is never dropped.
   */
  Optional<EndedSegment> oldestEnded();

  /**
   * Deletes the oldest segment for good, as a file: no record is touched one by one, and the time
   * grows with the size of the file alone. Whoever calls has seen to it that every cursor is at its
   * {@code firstKept} or further, durably. A read below that is told {@link Page.Gone} from now on.
   *
   * <p>Until this returned a crash leaves the segment whole or gone, never in part.
   *
   * @return false when it is not the oldest one, as when it was dropped before
   * @throws JournalException when its file could not be deleted; nothing of it is read any more,
   *     and after a restart it is the oldest again
   */
  boolean drop(EndedSegment segment);

  /** Registers the one listener. Called once, before the first append. */
  void listen(Listener listener);

  /** Waits for what was appended, then releases the store. Safe to call twice. */
  @Override
  void close();
}
