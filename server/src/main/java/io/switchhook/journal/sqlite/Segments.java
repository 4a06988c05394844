package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.journal.CallTrail;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.Past;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.GroupWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of a journal, oldest first. Reads may be made by any thread; the newest segment is
 * written, and replaced by the next day's, by one.
 */
final class Segments implements Past, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

  private final Path folder;
  private final Consumer<Throwable> onFatal;
  private final long windowMillis;
  private final long newestMillisAtOpen;
  private final AtomicLongArray ends = new AtomicLongArray(PARTITION_COUNT);
  private final List<Thread> sealing = new ArrayList<>();
  private volatile List<Segment> all;

  private Segments(SqliteJournalSettings settings, List<Segment> all, long[] next) {
    this.folder = settings.folder();
    this.onFatal = settings.onFatal();
    this.windowMillis = settings.journal().dedupeWindow().toMillis();
    this.all = List.copyOf(all);
    this.newestMillisAtOpen = all.isEmpty() ? 0 : all.getLast().newestMillis();
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      ends.set(partition, next[partition]);
    }
  }

  /** Opens all segments of the folder. */
  static Segments of(Recovery recovery, SqliteJournalSettings settings) {
    var opened = recovery.open();
    var next = new long[PARTITION_COUNT];
    if (!opened.isEmpty()) {
      for (int partition = 0; partition < PARTITION_COUNT; partition++) {
        next[partition] = opened.getLast().runs().end(partition);
      }
    }
    recovery.raise(next, settings.journal().offsetsFloor());
    return new Segments(settings, opened, next);
  }

  long newestMillisAtOpen() {
    return newestMillisAtOpen;
  }

  /** By partition, the offset that its next record gets; a copy. */
  long[] next() {
    var next = new long[PARTITION_COUNT];
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      next[partition] = ends.get(partition);
    }
    return next;
  }

  long end(int partition) {
    return ends.get(partition);
  }

  long oldest(int partition) {
    for (var segment : all) {
      for (var run : segment.runs().of(partition)) {
        if (run.end() > run.start()) {
          return run.start();
        }
      }
    }
    return end(partition);
  }

  /**
   * The segment of the day of this time, which is made when it is a new day. Partitions of a new
   * one start at {@code next}.
   */
  Segment of(long millis, long[] next) {
    var day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    var newest = all.isEmpty() ? null : all.getLast();
    if (newest != null && newest.day().equals(day)) {
      return newest;
    }
    var segment = create(day, next);
    var more = new ArrayList<>(all);
    more.add(segment);
    all = List.copyOf(more);
    if (newest != null) {
      // Copying a day's last megabytes must not keep the new day waiting.
      sealing.removeIf(thread -> !thread.isAlive());
      sealing.add(
          Thread.ofPlatform().daemon().name("seal " + newest.name()).start(() -> seal(newest)));
    }
    return segment;
  }

  private Segment create(LocalDate day, long[] next) {
    var file = Recovery.openFile(folder.resolve(Segment.fileName(day)), onFatal);
    boolean done = false;
    try {
      var segment = Segment.create(day, file, next);
      flushFolder();
      done = true;
      return segment;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /** Makes the new file's name durable, without which its content is nowhere. */
  private void flushFolder() {
    try (var channel = FileChannel.open(folder)) {
      channel.force(/* metaData= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot flush the folder " + folder, e);
    }
  }

  private static void seal(Segment segment) {
    try {
      segment.seal();
    } catch (DatabaseException e) {
      // Nothing is lost: the log stays beside the file and is taken over when it is opened again.
      LOG.atWarn()
          .addKeyValue("segment", segment.name())
          .addKeyValue("reason", e.getMessage())
          .log("journal.seal_failed");
    }
  }

  /**
   * Lets consecutive records of one partition, which are durable in the newest segment, be seen.
   */
  void show(List<JournalRecord> records) {
    int partition = records.getFirst().partition();
    long end = records.getLast().offset() + 1;
    all.getLast().runs().moveEnd(partition, end);
    ends.set(partition, end);
  }

  void limitPages(int max) {
    all.getLast().limitPages(max);
  }

  void maintain() {
    if (!all.isEmpty()) {
      all.getLast().maintain();
    }
  }

  /** How a page is read within one run of a segment. */
  interface ReadRun {
    /** Reads at most {@code max} records. */
    Segment.Found read(Segment segment, Runs.Run run, int max);
  }

  /** Puts a page together from the runs that follow each other without a gap. */
  Page page(int partition, long from, int wantedMax, ReadRun read) {
    if (wantedMax < 1) {
      return new Page.Records(List.of(), from);
    }
    int max = Math.min(wantedMax, Journal.PAGE_RECORDS_MAX);
    long end = end(partition);
    long next = from;
    var records = new ArrayList<JournalRecord>();
    for (var segment : all) {
      for (var run : segment.runs().of(partition)) {
        if (run.end() <= next || records.size() == max) {
          continue;
        }
        if (run.start() > next) {
          return next == from ? new Page.Gone(run.start()) : new Page.Records(records, next);
        }
        var found = read.read(segment, new Runs.Run(next, run.end()), max - records.size());
        records.addAll(found.records());
        next = found.nextOffset();
        if (next < run.end()) {
          return new Page.Records(records, next);
        }
      }
    }
    return next == from && next < end ? new Page.Gone(end) : new Page.Records(records, next);
  }

  List<JournalRecord> readCall(CallId call, long from, int max) {
    var records = new ArrayList<JournalRecord>();
    for (var segment : all) {
      if (records.size() == max) {
        break;
      }
      for (var record : segment.readCall(call, from, max - records.size())) {
        // The newest segment may have records that are being made visible just now.
        if (record.offset() < end(record.partition())) {
          records.add(record);
        }
      }
    }
    return records;
  }

  @Override
  public @Nullable CallTrail trailOf(CallId call, long sinceMillis) {
    var bounds = new TrailBounds(sinceMillis, windowMillis);
    CallTrail trail = null;
    for (var segment : all.reversed()) {
      if (bounds.endsAfter(segment.endMillis())) {
        break;
      }
      trail = segment.follow(call, trail, bounds);
    }
    return trail;
  }

  @Override
  public @Nullable JournalRecord at(int partition, long offset) {
    for (var segment : all.reversed()) {
      var record = segment.at(partition, offset);
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  @Override
  public void close() {
    sealing.forEach(GroupWriter::joinUninterruptibly);
    all.forEach(Segment::close);
  }
}
