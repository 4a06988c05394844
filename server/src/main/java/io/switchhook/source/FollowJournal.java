package io.switchhook.source;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.Flag;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/*
 * How no after-call log is lost or told twice.
 *
 * A partition's cursor is stored past a call's end only when the after-call log that was derived from it is durable. So after a
 * crash the end is met again, and the log is derived again: the same bytes under the same identity, which the journal knows as
 * a duplicate. Cursors may be stored late for that reason; they are the only memory, and everything else can be read again.
 */

/** Follows the journal and appends the after-call logs of calls that ended. For one thread. */
final class FollowJournal {
  /** Records that are read at once. */
  private static final int PAGE_RECORDS = 512;

  /** Calls whose first offset is remembered; the calls of others are looked for from the oldest. */
  private static final int CALLS_MAX = 100_000;

  /** Well within what the journal takes at once. */
  private static final int BATCH_RECORDS_MAX = 200;

  private static final int BATCH_BODY_BYTES_MAX = 512 * 1024;

  /** Whether to go on. */
  enum Progress {
    GOING_ON,
    /** The journal takes nothing at the moment: the same again later. */
    LATER,
    /** The journal is closing. */
    OVER
  }

  private final Journal journal;
  private final FollowCursors cursors;
  private final Predicate<CompanyId> isSwitchedOn;
  private final long[] next = new long[PARTITION_COUNT];
  private final Map<Integer, Long> unstored = new HashMap<>();
  private final Map<CallId, Waiting> waiting = new LinkedHashMap<>();
  private final Map<CallId, Long> firstOffsets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, Long> eldest) {
          return size() > CALLS_MAX;
        }
      };

  /** A call that ended and whose after-call log is not due yet. */
  private record Waiting(JournalRecord end, Instant dueAt) {}

  FollowJournal(Journal journal, FollowCursors cursors, Predicate<CompanyId> isSwitchedOn) {
    this.journal = journal;
    this.cursors = cursors;
    this.isSwitchedOn = isSwitchedOn;
  }

  /**
   * Goes to where it was. On the first start ever that is the journal's end, stored at once: what
   * is older is not told, and what comes from now on is, even after a crash.
   */
  void open() {
    var stored = cursors.load();
    for (var partition = 0; partition < PARTITION_COUNT; partition++) {
      var end = journal.end(partition);
      // A journal that was cut short gives its last offsets out again.
      next[partition] = Math.min(stored.getOrDefault(partition, end), end);
      if (!stored.containsKey(partition)) {
        unstored.put(partition, next[partition]);
      }
    }
    storeCursors();
  }

  /** Goes on with records that were heard; those missed before them are read. */
  Progress heard(int partition, List<JournalRecord> records) {
    if (records.getLast().offset() < next[partition]) {
      return Progress.GOING_ON;
    }
    if (records.getFirst().offset() != next[partition]) {
      return catchUp(partition);
    }
    return follow(partition, records, records.getLast().offset() + 1);
  }

  /** Reads on in all partitions up to their ends. */
  Progress catchUp() {
    for (var partition = 0; partition < PARTITION_COUNT; partition++) {
      var progress = catchUp(partition);
      if (progress != Progress.GOING_ON) {
        return progress;
      }
    }
    return Progress.GOING_ON;
  }

  /** Tells the after-call logs that were to wait, and have waited. */
  Progress passTo(Instant now) {
    for (var due : List.copyOf(waiting.values())) {
      if (due.dueAt().isAfter(now)) {
        continue;
      }
      var derived = derive(due.end());
      var progress = derived.isEmpty() ? Progress.GOING_ON : appendBatch(List.of(derived.get()));
      if (progress != Progress.GOING_ON) {
        return progress;
      }
      waiting.remove(due.end().call());
      firstOffsets.remove(due.end().call());
      unstored.put(due.end().partition(), safe(due.end().partition()));
    }
    return Progress.GOING_ON;
  }

  /** When {@link #passTo} has something to do; empty when nothing waits. */
  Optional<Instant> nextDue() {
    return waiting.values().stream().map(Waiting::dueAt).min(Instant::compareTo);
  }

  /** Makes durable how far it has come. */
  void storeCursors() {
    if (!unstored.isEmpty()) {
      cursors.store(Map.copyOf(unstored));
      unstored.clear();
    }
  }

  private Progress catchUp(int partition) {
    while (next[partition] < journal.end(partition)) {
      switch (journal.read(partition, next[partition], PAGE_RECORDS)) {
        case Page.Gone(var oldest) -> move(partition, oldest);
        case Page.Records(var records, var nextOffset) -> {
          var progress = follow(partition, records, nextOffset);
          if (progress != Progress.GOING_ON) {
            return progress;
          }
        }
      }
    }
    return Progress.GOING_ON;
  }

  private Progress follow(int partition, List<JournalRecord> records, long nextOffset) {
    var derived = new ArrayList<NewRecord>();
    for (var record : records) {
      if (isFollowed(record)) {
        hear(record).ifPresent(derived::add);
      }
    }
    var progress = derived.isEmpty() ? Progress.GOING_ON : append(derived);
    if (progress == Progress.GOING_ON) {
      move(partition, nextOffset);
    }
    return progress;
  }

  /** Sources that keep notes have their after-call logs made here, whatever the company wants. */
  private boolean isFollowed(JournalRecord record) {
    return switch (record.kind()) {
      case NOTE -> true;
      case IN_CALL -> Flag.NOTED.isIn(record.flags()) || isSwitchedOn.test(record.call().company());
      case AFTER_CALL, DISPOSITION -> false;
    };
  }

  private Optional<NewRecord> hear(JournalRecord record) {
    if (record.sequence() == 1) {
      firstOffsets.put(record.call(), record.offset());
    }
    var delay = CallFold.endDelay(record);
    if (delay.isEmpty()) {
      return Optional.empty();
    }
    if (delay.get().isZero()) {
      var derived = derive(record);
      firstOffsets.remove(record.call());
      return derived;
    }
    waiting.put(record.call(), new Waiting(record, record.acceptedAt().plus(delay.get())));
    return Optional.empty();
  }

  private Optional<NewRecord> derive(JournalRecord end) {
    var call = end.call();
    var known = firstOffsets.get(call);
    var from = known == null ? journal.oldest(end.partition()) : known;
    var fold = new CallFold(call);
    while (true) {
      var page = journal.readCall(end.partition(), call, from, PAGE_RECORDS);
      for (var record : page) {
        if (record.sequence() == 1 && record.offset() > end.offset()) {
          return fold.ended().map(AssembleAfterCall::record);
        }
        // A uid that comes again after the dedupe window is a new call.
        fold = record.sequence() == 1 ? new CallFold(call) : fold;
        fold.add(record);
      }
      if (page.size() < PAGE_RECORDS) {
        return fold.ended().map(AssembleAfterCall::record);
      }
      from = page.getLast().offset() + 1;
    }
  }

  /** Appends in batches that the journal takes; what of them is there already is a duplicate. */
  private Progress append(List<NewRecord> derived) {
    var batch = new ArrayList<NewRecord>();
    var batchBytes = 0;
    for (var record : derived) {
      var isFull =
          batch.size() == BATCH_RECORDS_MAX
              || batchBytes + record.body().size() > BATCH_BODY_BYTES_MAX;
      if (isFull && !batch.isEmpty()) {
        var progress = appendBatch(batch);
        if (progress != Progress.GOING_ON) {
          return progress;
        }
        batch.clear();
        batchBytes = 0;
      }
      batch.add(record);
      batchBytes += record.body().size();
    }
    return appendBatch(batch);
  }

  private Progress appendBatch(List<NewRecord> batch) {
    return switch (journal.append(List.copyOf(batch)).toCompletableFuture().join()) {
      case Append.Kept _ -> Progress.GOING_ON;
      case Append.DiskFull _, Append.Busy _ -> Progress.LATER;
      case Append.Closing _ -> Progress.OVER;
    };
  }

  private void move(int partition, long nextOffset) {
    next[partition] = nextOffset;
    unstored.put(partition, safe(partition));
  }

  /** How far may be stored: not past the end of a call that waits for its after-call log. */
  private long safe(int partition) {
    var safe = next[partition];
    for (var waits : waiting.values()) {
      if (waits.end().partition() == partition) {
        safe = Math.min(safe, waits.end().offset());
      }
    }
    return safe;
  }
}
