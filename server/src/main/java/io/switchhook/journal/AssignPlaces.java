package io.switchhook.journal;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.journal.Append.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives new records their partition, offset, sequence and time, and finds those that were kept
 * before. Does no writing: a group of batches is assigned, written by the store, and then either
 * {@link #keep kept} or {@link #undo undone}. For one thread.
 */
public final class AssignPlaces {
  private final JournalSettings settings;
  private final Past past;
  private final long windowMillis;
  private final RecentCalls recent;
  private final long[] next;
  private long newestMillis;

  // The group that is being put together.
  private Instant acceptedAt = Instant.EPOCH;
  private final List<JournalRecord> assigned = new ArrayList<>();
  private final List<@Nullable List<JournalRecord>> byPartition = new ArrayList<>();
  private final List<Integer> touched = new ArrayList<>();

  /**
   * Goes on from what is stored.
   *
   * @param next by partition, the offset that its next record gets
   * @param newestMillis the highest time at which a record was accepted; time does not go back
   *     behind it
   */
  public AssignPlaces(JournalSettings settings, Past past, long[] next, long newestMillis) {
    this.settings = settings;
    this.past = past;
    this.windowMillis = settings.dedupeWindow().toMillis();
    this.recent = new RecentCalls(settings.recentRecordsMax());
    this.next = next.clone();
    this.newestMillis = newestMillis;
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      byPartition.add(null);
    }
  }

  /**
   * Starts a group and returns the engine time, in milliseconds, at which its records are accepted.
   */
  public long begin() {
    newestMillis = Math.max(newestMillis, settings.clock().millis());
    acceptedAt = Instant.ofEpochMilli(newestMillis);
    return newestMillis;
  }

  /**
   * Adds a batch to the group and returns what its records have become.
   *
   * @throws JournalException when the past cannot be read; nothing of the batch was then assigned
   */
  public List<Entry> assign(List<NewRecord> batch) {
    var entries = new ArrayList<@Nullable Entry>(batch.size());
    for (var record : batch) {
      entries.add(kept(record));
    }
    var complete = new ArrayList<Entry>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      var kept = entries.get(i);
      complete.add(kept != null ? kept : place(batch.get(i)));
    }
    return complete;
  }

  /**
   * The earlier record with the same identity, as far as it is known before the batch itself is
   * placed.
   */
  private @Nullable Entry kept(NewRecord record) {
    var trail = trailOf(record.call());
    long offset = trail.offsetOf(record.identity());
    if (offset == CallTrail.UNKNOWN) {
      return null;
    }
    var kept = at(trail.partition(), offset);
    return kept == null ? null : new Entry(kept, /* duplicate= */ true);
  }

  private CallTrail trailOf(CallId call) {
    long sinceMillis = newestMillis - windowMillis;
    var known = recent.get(call);
    if (known != null && known.lastAcceptedMillis() >= sinceMillis) {
      return known;
    }
    var stored = known != null ? null : past.trailOf(call, sinceMillis);
    var trail =
        stored != null
            ? stored
            : new CallTrail(
                settings.partitions().apply(call.company()).partitionOf(call), newestMillis);
    recent.put(call, trail);
    return trail;
  }

  private @Nullable JournalRecord at(int partition, long offset) {
    var pending = byPartition.get(partition);
    if (pending != null) {
      long index = offset - pending.getFirst().offset();
      if (index >= 0) {
        return pending.get((int) index);
      }
    }
    return past.at(partition, offset);
  }

  private Entry place(NewRecord record) {
    var trail = trailOf(record.call());
    long same = trail.offsetOf(record.identity());
    var pending = pendingOf(trail.partition());
    if (same != CallTrail.UNKNOWN && !pending.isEmpty() && same >= pending.getFirst().offset()) {
      return new Entry(
          pending.get((int) (same - pending.getFirst().offset())), /* duplicate= */ true);
    }
    var placed =
        new JournalRecord(
            trail.partition(),
            next[trail.partition()]++,
            record.call(),
            record.kind(),
            record.flags(),
            acceptedAt,
            record.happenedAt().truncatedTo(ChronoUnit.MILLIS),
            record.identity(),
            record.kind().isEvent() ? trail.sequence() + 1 : 0,
            record.body());
    recent.add(trail, placed);
    pending.add(placed);
    assigned.add(placed);
    return new Entry(placed, /* duplicate= */ false);
  }

  private List<JournalRecord> pendingOf(int partition) {
    var pending = byPartition.get(partition);
    if (pending == null) {
      pending = new ArrayList<>();
      byPartition.set(partition, pending);
      touched.add(partition);
    }
    return pending;
  }

  /** The group's new records in the order in which they were assigned. */
  public List<JournalRecord> assigned() {
    return assigned;
  }

  /** The partitions that got records in this group. */
  public List<Integer> touched() {
    return touched;
  }

  /** The group's new records of one of the {@link #touched} partitions, a list of its own. */
  public List<JournalRecord> assigned(int partition) {
    var pending = byPartition.get(partition);
    return pending == null ? List.of() : pending;
  }

  /** By partition, the offset that its next record gets; not a copy. */
  public long[] next() {
    return next;
  }

  /** Ends the group: it is durable. */
  public void keep() {
    end();
  }

  /** Ends the group: nothing of it was kept. */
  public void undo() {
    for (var record : assigned) {
      next[record.partition()] = Math.min(next[record.partition()], record.offset());
      // What the trail was before is in the store.
      recent.forget(record.call());
    }
    end();
  }

  private void end() {
    assigned.clear();
    touched.forEach(partition -> byPartition.set(partition, null));
    touched.clear();
    // Not earlier: the store does not know yet of what the trails of an open group say.
    recent.trim();
  }
}
