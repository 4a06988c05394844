package io.switchhook.journal.memory;

import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records of one partition, without gaps from the oldest on. */
final class MemoryPartition {
  private final List<JournalRecord> records = new ArrayList<>();
  private long oldest;

  MemoryPartition(long firstOffset) {
    this.oldest = firstOffset;
  }

  void add(JournalRecord record) {
    records.add(record);
  }

  long oldest() {
    return oldest;
  }

  long end() {
    return oldest + records.size();
  }

  @Nullable JournalRecord at(long offset) {
    return offset < oldest || offset >= end() ? null : records.get((int) (offset - oldest));
  }

  Optional<Instant> oldestAcceptedAt() {
    return records.isEmpty() ? Optional.empty() : Optional.of(records.getFirst().acceptedAt());
  }

  Page page(long from, int max, Predicate<JournalRecord> wanted) {
    if (from < oldest) {
      return new Page.Gone(oldest);
    }
    var found = new ArrayList<JournalRecord>();
    long offset = from;
    while (offset < end() && found.size() < max) {
      var record = records.get((int) (offset - oldest));
      if (wanted.test(record)) {
        found.add(record);
      }
      offset++;
    }
    return new Page.Records(found, offset);
  }

  /** Removes the records below an offset and returns them. */
  List<JournalRecord> drop(long belowOffset) {
    long bounded = Math.min(belowOffset, end());
    if (bounded <= oldest) {
      return List.of();
    }
    var going = records.subList(0, (int) (bounded - oldest));
    var gone = List.copyOf(going);
    going.clear();
    oldest = bounded;
    return gone;
  }
}
