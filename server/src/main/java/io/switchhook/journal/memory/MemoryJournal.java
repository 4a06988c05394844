package io.switchhook.journal.memory;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.AssignPlaces;
import io.switchhook.journal.Batch;
import io.switchhook.journal.CallTrail;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.Past;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory. An append is done when {@link #append} returns, listener and callbacks
 * included, except when it is called from one of them or while another thread appends: then that
 * thread does it, after what it is doing. So with one thread everything happens in one order,
 * always the same.
 */
public final class MemoryJournal implements Journal {
  private record Unit(List<NewRecord> batch, CompletableFuture<Append> done) {}

  /** How much time a segment takes, as on a disk. */
  public static final Duration DAY = Duration.ofDays(1);

  private final long windowMillis;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final AssignPlaces places;
  private final List<MemoryPartition> partitions = new ArrayList<>();
  private final Map<CallId, List<JournalRecord>> calls = new HashMap<>();
  private final MemorySegments segments;
  private final ArrayDeque<Unit> waiting = new ArrayDeque<>();
  private boolean appending;
  private boolean closed;
  private long fullBytes = -1;
  private Listener listener = (_, _) -> {};

  /** Makes an empty journal with segments of a day. */
  public MemoryJournal(JournalSettings settings) {
    this(settings, DAY);
  }

  /** Makes an empty journal whose segments are of this length. */
  public MemoryJournal(JournalSettings settings, Duration segmentLength) {
    this.segments = new MemorySegments(segmentLength);
    this.windowMillis = settings.dedupeWindow().toMillis();
    var next = new long[PARTITION_COUNT];
    settings.offsetsFloor().forEach((partition, floor) -> next[partition] = floor);
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      partitions.add(new MemoryPartition(next[partition]));
    }
    this.places = new AssignPlaces(settings, new MemoryPast(), next, /* newestMillis= */ 0);
  }

  @Override
  public CompletionStage<Append> append(List<NewRecord> batch) {
    Batch.checkedBytes(batch);
    var unit = new Unit(List.copyOf(batch), new CompletableFuture<>());
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.completedStage(new Append.Closing());
      }
      waiting.add(unit);
      if (appending) {
        return unit.done;
      }
      appending = true;
    } finally {
      lock.unlock();
    }
    appendWhatWaits();
    return unit.done;
  }

  private void appendWhatWaits() {
    while (true) {
      Runnable tell;
      lock.lock();
      try {
        var unit = waiting.poll();
        if (unit == null) {
          appending = false;
          return;
        }
        tell = carryOut(unit);
      } finally {
        lock.unlock();
      }
      // Outside of the lock: a callback may do what it likes, also wait for another thread that
      // reads.
      boolean told = false;
      try {
        tell.run();
        told = true;
      } finally {
        if (!told) {
          stopAppending();
        }
      }
    }
  }

  /** What a listener throws comes out of the append that it heard of; the next append goes on. */
  private void stopAppending() {
    lock.lock();
    try {
      appending = false;
    } finally {
      lock.unlock();
    }
  }

  private Runnable carryOut(Unit unit) {
    if (fullBytes >= 0) {
      var full = new Append.DiskFull(0, fullBytes);
      return () -> unit.done.complete(full);
    }
    segments.goOnAt(places.begin(), places.next());
    var entries = places.assign(unit.batch);
    for (var record : places.assigned()) {
      partitions.get(record.partition()).add(record);
      calls.computeIfAbsent(record.call(), _ -> new ArrayList<>()).add(record);
    }
    var appended = new ArrayList<List<JournalRecord>>();
    places.touched().forEach(partition -> appended.add(List.copyOf(places.assigned(partition))));
    places.keep();
    var heard = listener;
    return () -> {
      for (var records : appended) {
        if (!records.isEmpty()) {
          heard.appended(records.getFirst().partition(), records);
        }
      }
      unit.done.complete(new Append.Kept(entries));
    };
  }

  @Override
  public Page read(int partition, long fromOffsetInclusive, int max) {
    return page(partition, fromOffsetInclusive, max, _ -> true);
  }

  @Override
  public Page readCompany(CompanyId company, int partition, long fromOffsetInclusive, int max) {
    return page(
        partition, fromOffsetInclusive, max, record -> record.call().company().equals(company));
  }

  private Page page(int partition, long from, int max, Predicate<JournalRecord> wanted) {
    lock.lock();
    try {
      return partitions.get(partition).page(from, Math.min(max, PAGE_RECORDS_MAX), wanted);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<JournalRecord> readCall(
      int partition, CallId call, long fromOffsetInclusive, int max) {
    lock.lock();
    try {
      return calls.getOrDefault(call, List.of()).stream()
          .filter(record -> record.partition() == partition)
          .filter(record -> record.offset() >= fromOffsetInclusive)
          .limit(max)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Integer> partitionsOf(CallId call) {
    lock.lock();
    try {
      return calls.getOrDefault(call, List.of()).stream()
          .map(JournalRecord::partition)
          .distinct()
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long end(int partition) {
    lock.lock();
    try {
      return partitions.get(partition).end();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long oldest(int partition) {
    lock.lock();
    try {
      return partitions.get(partition).oldest();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Extent extent() {
    lock.lock();
    try {
      var oldest =
          partitions.stream()
              .map(MemoryPartition::oldestAcceptedAt)
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder());
      return new Extent(segments.count(), oldest);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<EndedSegment> oldestEnded() {
    lock.lock();
    try {
      return segments.oldestEnded();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean drop(EndedSegment segment) {
    lock.lock();
    try {
      if (!segments.oldestEnded().equals(Optional.of(segment))) {
        return false;
      }
      segments.removeOldest();
      for (int partition = 0; partition < PARTITION_COUNT; partition++) {
        drop(partition, segment.firstKept().get(partition));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void listen(Listener heard) {
    lock.lock();
    try {
      listener = heard;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on appends are answered as if the disk had less than this many bytes left; a negative
   * number ends that.
   */
  public void pretendFull(long minimumFreeBytes) {
    lock.lock();
    try {
      fullBytes = minimumFreeBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a partition's records below an offset, as when a file was lost. */
  public void drop(int partition, long belowOffset) {
    lock.lock();
    try {
      for (var record : partitions.get(partition).drop(belowOffset)) {
        var records = calls.get(record.call());
        if (records != null && records.remove(record) && records.isEmpty()) {
          calls.remove(record.call());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Asked while the lock is held. */
  private final class MemoryPast implements Past {
    @Override
    public @Nullable CallTrail trailOf(CallId call, long sinceMillis) {
      var records = calls.get(call);
      if (records == null) {
        return null;
      }
      long since = sinceMillis;
      CallTrail trail = null;
      for (var record : records.reversed()) {
        long acceptedMillis = record.acceptedAt().toEpochMilli();
        if (acceptedMillis < since) {
          break;
        }
        if (trail == null) {
          trail = new CallTrail(record.partition(), acceptedMillis);
        }
        trail.add(record.identity(), record.offset(), record.sequence(), acceptedMillis);
        since = acceptedMillis - windowMillis;
      }
      return trail;
    }

    @Override
    public @Nullable JournalRecord at(int partition, long offset) {
      return partitions.get(partition).at(offset);
    }
  }
}
