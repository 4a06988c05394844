package io.switchhook.source.asterisk.live;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import io.switchhook.source.FollowCursors;
import io.switchhook.source.asterisk.mapping.OpenCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/*
 * How open calls are known again after a restart.
 *
 * For each partition an offset is stored at or below the first record of every call that is not over. So after a restart
 * everything about those calls is read back from the journal, in order. The offset may be older than it need be: then more is
 * read, and calls that are over are left out.
 */

/** Which calls have begun and are not over, as the journal knows them. For one thread. */
final class RecallCalls {
  private static final int PAGE_RECORDS = 1_024;

  private final Journal journal;
  private final FollowCursors cursors;
  private final CompanyId company;
  private final Duration ageMax;
  private final Map<CallId, First> open = new LinkedHashMap<>();
  private final long[] stored = new long[PARTITION_COUNT];

  /** Where a call's first record is. */
  private record First(int partition, long offset, Instant at) {}

  /**
   * Calls of this company.
   *
   * @param ageMax a call whose first record is older is over, whatever it says
   */
  RecallCalls(Journal journal, FollowCursors cursors, CompanyId company, Duration ageMax) {
    this.journal = journal;
    this.cursors = cursors;
    this.company = company;
    this.ageMax = ageMax;
  }

  /** Reads back the records of all calls that are not over, each partition in its order. */
  List<JournalRecord> restore() {
    var known = cursors.load();
    var fresh = new HashMap<Integer, Long>();
    var records = new ArrayList<JournalRecord>();
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      long end = journal.end(partition);
      long from = Math.min(known.getOrDefault(partition, end), end);
      stored[partition] = from;
      if (!known.containsKey(partition)) {
        fresh.put(partition, from);
      }
      read(partition, from, records);
    }
    if (!fresh.isEmpty()) {
      cursors.store(fresh);
    }
    var over = over(records);
    records.removeIf(record -> over.contains(record.call()));
    records.forEach(this::begun);
    return records;
  }

  private void read(int partition, long from, List<JournalRecord> records) {
    long next = from;
    while (next < journal.end(partition)) {
      switch (journal.readCompany(company, partition, next, PAGE_RECORDS)) {
        case Page.Gone(var oldest) -> next = oldest;
        case Page.Records(var page, var nextOffset) -> {
          records.addAll(page);
          next = nextOffset;
        }
      }
    }
  }

  private static Set<CallId> over(List<JournalRecord> records) {
    var over = new HashSet<CallId>();
    for (var record : records) {
      if (OpenCalls.isEnd(record)) {
        over.add(record.call());
      }
    }
    return over;
  }

  /** Goes on with what was appended. */
  void appended(List<Append.Entry> entries) {
    for (var entry : entries) {
      var record = entry.record();
      if (OpenCalls.isEnd(record)) {
        open.remove(record.call());
      } else if (!entry.duplicate()) {
        begun(record);
      }
    }
  }

  private void begun(JournalRecord record) {
    open.putIfAbsent(
        record.call(), new First(record.partition(), record.offset(), record.acceptedAt()));
  }

  /** Makes durable from where on the journal must be read after a restart. */
  void store(Instant now) {
    open.values().removeIf(first -> first.at().plus(ageMax).isBefore(now));
    var ends = new long[PARTITION_COUNT];
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      ends[partition] = journal.end(partition);
    }
    open.values()
        .forEach(
            first -> ends[first.partition()] = Math.min(ends[first.partition()], first.offset()));
    var moved = new HashMap<Integer, Long>();
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      if (ends[partition] != stored[partition]) {
        stored[partition] = ends[partition];
        moved.put(partition, ends[partition]);
      }
    }
    if (!moved.isEmpty()) {
      cursors.store(moved);
    }
  }
}
