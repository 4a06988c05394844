package io.switchhook.source;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.Flag;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
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
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How no after-call log is lost or told twice.
 *
 * A partition's cursor is stored past a call's end only when the after-call log that was derived from it is durable. So after a
 * crash the end is met again, and the log is derived again: the same bytes under the same identity, which the journal knows as
 * a duplicate. Cursors may be stored late for that reason; they are the only memory, and everything else can be read again.
 *
 * What fails stops its own partition alone, and is tried again a little later (Troubles). A call that cannot be read however
 * often it is tried is skipped, which is said and counted: its end would else be met again after every start.
 */

/** Follows the journal and appends the after-call logs of calls that ended. For one thread. */
final class FollowJournal {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCallSource.class);

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
  private final Troubles troubles;
  private final long[] next = new long[PARTITION_COUNT];
  private final Map<Integer, Long> unstored = new HashMap<>();
  private final Map<CallId, Waiting> waiting = new LinkedHashMap<>();
  private Instant passedTo = Instant.EPOCH;
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

  FollowJournal(
      Journal journal,
      FollowCursors cursors,
      Predicate<CompanyId> isSwitchedOn,
      Troubles troubles) {
    this.journal = journal;
    this.cursors = cursors;
    this.isSwitchedOn = isSwitchedOn;
    this.troubles = troubles;
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
    if (records.getLast().offset() < next[partition] || troubles.isBehind(partition)) {
      return Progress.GOING_ON;
    }
    if (records.getFirst().offset() != next[partition]) {
      return catchUp(partition);
    }
    return follow(partition, records, records.getLast().offset() + 1);
  }

  /** Reads on in all partitions up to their ends, but for those that wait after a failure. */
  Progress catchUp() {
    for (var partition = 0; partition < PARTITION_COUNT; partition++) {
      var progress = troubles.isWaiting(partition) ? Progress.GOING_ON : catchUp(partition);
      if (progress != Progress.GOING_ON) {
        return progress;
      }
    }
    return troubles.areThere() ? Progress.LATER : Progress.GOING_ON;
  }

  /**
   * Tells the after-call logs that were to wait, and have waited. What fails is followed again from
   * the call's end on, where failures are counted.
   */
  Progress passTo(Instant now) {
    passedTo = now;
    for (var due : List.copyOf(waiting.values())) {
      if (due.dueAt().isAfter(now)) {
        continue;
      }
      var end = due.end();
      try {
        var log = derive(end);
        var progress =
            log.isEmpty()
                ? Progress.GOING_ON
                : appendBatch(List.of(new Derived(log.get(), end.offset())));
        if (progress != Progress.GOING_ON) {
          return progress;
        }
      } catch (JournalException | CompletionException _) {
        waiting.remove(end.call());
        move(end.partition(), Math.min(next[end.partition()], end.offset()));
        return Progress.LATER;
      }
      waiting.remove(end.call());
      firstOffsets.remove(end.call());
      unstored.put(end.partition(), safe(end.partition()));
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
      long from = next[partition];
      var page = readOrNull(partition, from);
      if (page == null) {
        return Progress.GOING_ON;
      }
      switch (page) {
        case Page.Gone(var oldest) -> {
          LOG.atWarn()
              .addKeyValue("partition", partition)
              .addKeyValue("from_offset", from)
              .addKeyValue("to_offset", oldest)
              .log("after_call.records_gone: calls that ended there get no after-call log");
          move(partition, oldest);
        }
        case Page.Records(var records, var nextOffset) -> {
          var progress = follow(partition, records, nextOffset);
          if (progress != Progress.GOING_ON) {
            return progress;
          }
          if (troubles.isWaiting(partition)) {
            return Progress.GOING_ON;
          }
        }
      }
    }
    troubles.over(partition);
    return Progress.GOING_ON;
  }

  /** Null when the read failed. A record that cannot be read at last is passed over. */
  private @Nullable Page readOrNull(int partition, long from) {
    try {
      return journal.read(partition, from, PAGE_RECORDS);
    } catch (JournalException e) {
      return troubles.isToBeSkipped(partition, from, e)
          ? new Page.Records(List.of(), from + 1)
          : null;
    }
  }

  /** An after-call log, and the offset of the end of its call. */
  private record Derived(NewRecord log, long endOffset) {}

  private Progress follow(int partition, List<JournalRecord> records, long nextOffset) {
    var derived = new ArrayList<Derived>();
    long reached = nextOffset;
    for (var record : records) {
      if (record.offset() < next[partition] || !isFollowed(record)) {
        continue;
      }
      if (!hear(record, derived)) {
        reached = record.offset();
        break;
      }
    }
    return append(partition, derived, reached);
  }

  /** False when the call cannot be read now. */
  // Whatever is wrong with one call, the others get their logs.
  @SuppressWarnings("CatchingUnchecked")
  private boolean hear(JournalRecord record, List<Derived> derived) {
    try {
      hear(record).ifPresent(log -> derived.add(new Derived(log, record.offset())));
      return true;
    } catch (JournalException e) {
      return troubles.isToBeSkipped(record.partition(), record.offset(), e);
    } catch (RuntimeException e) {
      troubles.skip(record.partition(), record.offset(), e);
      return true;
    }
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
    var dueAt = record.acceptedAt().plus(delay.get());
    if (delay.get().isZero() || !dueAt.isAfter(passedTo)) {
      var derived = derive(record);
      firstOffsets.remove(record.call());
      return derived;
    }
    waiting.put(record.call(), new Waiting(record, dueAt));
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

  /**
   * Appends in batches that the journal takes; what of them is there already is a duplicate. Moves
   * to {@code reached}, or to where it failed.
   */
  private Progress append(int partition, List<Derived> derived, long reached) {
    var left = derived;
    try {
      while (!left.isEmpty()) {
        int size = batchSize(left);
        var progress = appendBatch(left.subList(0, size));
        if (progress != Progress.GOING_ON) {
          return progress;
        }
        left = left.subList(size, left.size());
      }
    } catch (CompletionException _) {
      return appendOneByOne(partition, left, reached);
    }
    move(partition, reached);
    return Progress.GOING_ON;
  }

  private static int batchSize(List<Derived> derived) {
    int records = 0;
    long bytes = 0;
    for (var one : derived) {
      bytes += one.log.body().size();
      if (records > 0 && (records == BATCH_RECORDS_MAX || bytes > BATCH_BODY_BYTES_MAX)) {
        break;
      }
      records++;
    }
    return records;
  }

  /** One of several failed: finds which, and goes on up to it. */
  private Progress appendOneByOne(int partition, List<Derived> derived, long reached) {
    for (var one : derived) {
      try {
        var progress = appendBatch(List.of(one));
        if (progress != Progress.GOING_ON) {
          return progress;
        }
      } catch (CompletionException e) {
        if (!troubles.isToBeSkipped(partition, one.endOffset, e)) {
          move(partition, one.endOffset);
          return Progress.GOING_ON;
        }
      }
    }
    move(partition, reached);
    return Progress.GOING_ON;
  }

  /** Fails with a {@link CompletionException} when an earlier record of a call is damaged. */
  private Progress appendBatch(List<Derived> batch) {
    var logs = batch.stream().map(Derived::log).toList();
    return switch (journal.append(logs).toCompletableFuture().join()) {
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
