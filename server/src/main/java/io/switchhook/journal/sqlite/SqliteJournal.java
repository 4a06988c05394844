package io.switchhook.journal.sqlite;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.Batch;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.sqlite.GroupWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/*
 * One writer, one transaction at a time, one file a day.
 *
 * Callers put batches into a bounded queue. The writer takes all that wait by then, gives each record its place (AssignPlaces,
 * no I/O but for calls that it does not remember), writes the records in one transaction and flushes once. Then, in this
 * order: the records become visible to readers, the listener hears of them, the callers' stages complete. So whoever hears of a
 * record finds it, and what was acknowledged is on the disk.
 *
 * The day is that of the group's engine time, which never goes back: files follow each other without overlap, a group is in one
 * of them, and no transaction is over two. Offsets go on from file to file; each says where its partitions start, also those
 * that get no record on that day.
 *
 * When writing fails for want of space, the group is undone, in memory too, and its callers are told. When it fails otherwise
 * nobody knows what is on the disk: the journal takes nothing more and the process must end.
 */

/** The journal on a disk, in SQLite. See {@link Journal} for what it promises. */
public final class SqliteJournal implements Journal {
  /** What a record weighs in the queue besides its body. */
  private static final int RECORD_WEIGHT_BYTES = 256;

  private static final GroupWriter.Limits LIMITS =
      new GroupWriter.Limits(/* waitingWeightMax= */ 64L << 20, /* groupWeightMax= */ 4L << 20);

  private final Segments segments;
  private final AppendGroup group;
  private final GroupWriter<AppendUnit> writer;
  private final RecoveryReport report;

  private SqliteJournal(SqliteJournalSettings settings, Segments segments, RecoveryReport report) {
    this.segments = segments;
    this.report = report;
    this.group = new AppendGroup(settings, segments);
    this.writer = new GroupWriter<>("journal writer", LIMITS, group);
  }

  /**
   * Opens the journal of a folder and mends what can be mended; see {@link #recoveryReport}.
   *
   * @throws JournalException when it cannot be opened
   */
  public static SqliteJournal open(SqliteJournalSettings settings) {
    var folder = settings.folder();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new JournalException("cannot make the folder " + folder, e);
    }
    var recovery = new Recovery(folder, settings.onFatal());
    var segments = Segments.of(recovery, settings);
    return new SqliteJournal(settings, segments, recovery.report());
  }

  /** What was found when the journal was opened. */
  public RecoveryReport recoveryReport() {
    return report;
  }

  /**
   * The highest engine time that was stored when the journal was opened; the epoch when none was.
   */
  public Instant highestEngineTime() {
    return Instant.ofEpochMilli(segments.newestMillisAtOpen());
  }

  /**
   * Lets the newest file grow to so many pages only, as a full disk would. For tests, between
   * appends.
   */
  void limitPages(int max) {
    segments.limitPages(max);
  }

  @Override
  public CompletionStage<Append> append(List<NewRecord> batch) {
    long weight = Batch.checkedBytes(batch) + (long) RECORD_WEIGHT_BYTES * batch.size();
    var unit = new AppendUnit(List.copyOf(batch));
    return switch (writer.offer(unit, weight)) {
      case TAKEN -> unit.done();
      case FULL -> CompletableFuture.completedStage(new Append.Busy(LIMITS.waitingWeightMax()));
      case CLOSED -> afterClose();
    };
  }

  private CompletionStage<Append> afterClose() {
    var why = group.failure();
    return why == null
        ? CompletableFuture.completedStage(new Append.Closing())
        : CompletableFuture.failedStage(why);
  }

  @Override
  public Page read(int partition, long fromOffsetInclusive, int max) {
    return segments.page(
        partition,
        fromOffsetInclusive,
        max,
        (segment, run, left) -> segment.read(partition, run, left));
  }

  @Override
  public Page readCompany(CompanyId company, int partition, long fromOffsetInclusive, int max) {
    return segments.page(
        partition,
        fromOffsetInclusive,
        max,
        (segment, run, left) -> segment.readCompany(company, partition, run, left));
  }

  @Override
  public List<JournalRecord> readCall(
      int partition, CallId call, long fromOffsetInclusive, int max) {
    return segments.readCall(partition, call, fromOffsetInclusive, max);
  }

  @Override
  public List<Integer> partitionsOf(CallId call) {
    return segments.partitionsOf(call);
  }

  @Override
  public long end(int partition) {
    return segments.end(partition);
  }

  @Override
  public long oldest(int partition) {
    return segments.oldest(partition);
  }

  @Override
  public Extent extent() {
    return segments.extent();
  }

  @Override
  public Optional<EndedSegment> oldestEnded() {
    return segments.oldestEnded();
  }

  @Override
  public boolean drop(EndedSegment segment) {
    return segments.drop(segment);
  }

  @Override
  public void listen(Listener listener) {
    group.listen(listener);
  }

  @Override
  public void close() {
    writer.close();
    segments.close();
  }
}
