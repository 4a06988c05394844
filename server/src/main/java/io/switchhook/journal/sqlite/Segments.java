package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.journal.CallTrail;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.Past;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DroppedFiles;
import io.switchhook.sqlite.GroupWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
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
  private final DroppedFiles dropped;
  private final Consumer<Throwable> onFatal;
  private final long windowMillis;
  private final long newestMillisAtOpen;
  private final AtomicLongArray ends = new AtomicLongArray(PARTITION_COUNT);
  private final ReentrantLock changes = new ReentrantLock();
  // Both are changed under the lock, by the writer's thread and by whoever drops; the list is read
  // by any.
  private final Map<Segment, Thread> sealing = new HashMap<>();
  private volatile List<Segment> all;

  private Segments(
      SqliteJournalSettings settings, DroppedFiles dropped, List<Segment> all, long[] next) {
    this.folder = settings.folder();
    this.dropped = dropped;
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
    var dropped = DroppedFiles.of(settings.folder());
    boolean done = false;
    try {
      var segments = of(recovery, settings, dropped);
      done = true;
      return segments;
    } finally {
      if (!done) {
        dropped.close();
      }
    }
  }

  private static Segments of(
      Recovery recovery, SqliteJournalSettings settings, DroppedFiles dropped) {
    var opened = recovery.open();
    var next = new long[PARTITION_COUNT];
    if (!opened.isEmpty()) {
      for (int partition = 0; partition < PARTITION_COUNT; partition++) {
        next[partition] = opened.getLast().runs().end(partition);
      }
    }
    recovery.raise(next, settings.journal().offsetsFloor());
    return new Segments(settings, dropped, opened, next);
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
    changes.lock();
    try {
      var more = new ArrayList<>(all);
      more.add(segment);
      all = List.copyOf(more);
      if (newest != null) {
        // Copying a day's last megabytes must not keep the new day waiting.
        sealing.values().removeIf(thread -> !thread.isAlive());
        var thread = Thread.ofPlatform().daemon().name("seal " + newest.name());
        sealing.put(newest, thread.start(() -> seal(newest)));
      }
    } finally {
      changes.unlock();
    }
    return segment;
  }

  private Segment create(LocalDate day, long[] next) {
    var file = Recovery.openFile(folder.resolve(Segment.fileName(day)), onFatal);
    boolean done = false;
    try {
      var segment = Segment.create(day, file, next);
      DroppedFiles.flush(folder);
      done = true;
      return segment;
    } finally {
      if (!done) {
        file.close();
      }
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
    return reading(seen -> page(seen, new Wanted(partition, from, wantedMax), read));
  }

  private record Wanted(int partition, long from, int max) {}

  private Page page(List<Segment> seen, Wanted wanted, ReadRun read) {
    long from = wanted.from;
    if (wanted.max < 1) {
      return new Page.Records(List.of(), from);
    }
    int max = Math.min(wanted.max, Journal.PAGE_RECORDS_MAX);
    long end = end(wanted.partition);
    long next = from;
    var records = new ArrayList<JournalRecord>();
    for (var segment : seen) {
      for (var run : segment.runs().of(wanted.partition)) {
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

  List<JournalRecord> readCall(int partition, CallId call, long from, int max) {
    return reading(
        seen -> {
          var records = new ArrayList<JournalRecord>();
          for (var segment : seen) {
            if (records.size() == max) {
              break;
            }
            for (var record : segment.readCall(partition, call, from, max - records.size())) {
              // The newest segment may have records that are being made visible just now.
              if (record.offset() < end(partition)) {
                records.add(record);
              }
            }
          }
          return records;
        });
  }

  List<Integer> partitionsOf(CallId call) {
    return reading(
        seen -> {
          var partitions = new LinkedHashSet<Integer>();
          seen.forEach(segment -> partitions.addAll(segment.partitionsOf(call)));
          return List.copyOf(partitions);
        });
  }

  @Override
  public @Nullable CallTrail trailOf(CallId call, long sinceMillis) {
    return reading(
        seen -> {
          var bounds = new TrailBounds(sinceMillis, windowMillis);
          CallTrail trail = null;
          for (var segment : seen.reversed()) {
            if (bounds.endsAfter(segment.endMillis())) {
              break;
            }
            trail = segment.follow(call, trail, bounds);
          }
          return trail;
        });
  }

  @Override
  public @Nullable JournalRecord at(int partition, long offset) {
    return reading(
        seen -> {
          for (var segment : seen.reversed()) {
            var record = segment.at(partition, offset);
            if (record != null) {
              return record;
            }
          }
          return null;
        });
  }

  /** Reads again when a segment that was to be read was dropped meanwhile. */
  private <T extends @Nullable Object> T reading(Function<List<Segment>, T> read) {
    while (true) {
      var seen = all;
      try {
        return read.apply(seen);
      } catch (JournalException e) {
        if (all.containsAll(seen)) {
          throw e;
        }
      }
    }
  }

  Extent extent() {
    return reading(
        seen ->
            new Extent(
                seen.size(),
                seen.stream()
                    .map(Segment::oldestAcceptedAt)
                    .flatMap(Optional::stream)
                    .findFirst()));
  }

  /** What would be dropped next. */
  Optional<EndedSegment> oldestEnded() {
    var seen = all;
    return seen.size() < 2
        ? Optional.empty()
        : Optional.of(ended(seen.getFirst(), seen.get(1).runs()));
  }

  private static EndedSegment ended(Segment oldest, Runs after) {
    var firstKept =
        IntStream.range(0, PARTITION_COUNT)
            .mapToObj(partition -> Math.max(oldest.runs().end(partition), after.base(partition)))
            .toList();
    return new EndedSegment(
        Instant.ofEpochMilli(Segment.startMillis(oldest.day())),
        Instant.ofEpochMilli(oldest.endMillis()),
        firstKept);
  }

  /** Takes the oldest segment out, waits for those who are reading it, and drops its files. */
  boolean drop(EndedSegment wanted) {
    Segment oldest;
    Thread sealer;
    changes.lock();
    try {
      if (!oldestEnded().equals(Optional.of(wanted))) {
        return false;
      }
      oldest = all.getFirst();
      all = all.subList(1, all.size());
      sealer = sealing.remove(oldest);
    } finally {
      changes.unlock();
    }
    if (sealer != null) {
      GroupWriter.joinUninterruptibly(sealer);
    }
    try {
      oldest.close();
    } catch (DatabaseException e) {
      // It goes all the same.
      LOG.atWarn()
          .addKeyValue("segment", oldest.name())
          .addKeyValue("reason", e.getMessage())
          .log("journal.close_failed");
    }
    try {
      dropped.drop(oldest.name());
    } catch (UncheckedIOException e) {
      throw new JournalException(
          e.getMessage() + "; it is tried again after the next start: " + e.getCause(), e);
    }
    return true;
  }

  @Override
  public void close() {
    changes.lock();
    try {
      sealing.values().forEach(GroupWriter::joinUninterruptibly);
    } finally {
      changes.unlock();
    }
    all.forEach(Segment::close);
    dropped.close();
  }
}
