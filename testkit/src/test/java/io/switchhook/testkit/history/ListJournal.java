package io.switchhook.testkit.history;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One partition of a journal as a list; what it does not need, it refuses. */
final class ListJournal implements Journal {
  private final List<JournalRecord> records = new ArrayList<>();
  private long oldest;

  JournalRecord add(String uid, int sequence) {
    var record = Events.record(uid, sequence, records.size());
    records.add(record);
    return record;
  }

  void forgetBelow(long offset) {
    oldest = offset;
  }

  List<JournalRecord> records() {
    return records;
  }

  @Override
  public Page read(int partition, long from, int max) {
    if (from < oldest) {
      return new Page.Gone(oldest);
    }
    var found = records.stream().filter(record -> record.offset() >= from).limit(max).toList();
    return new Page.Records(found, found.isEmpty() ? from : found.getLast().offset() + 1);
  }

  @Override
  public List<JournalRecord> readCall(int partition, CallId call, long from, int max) {
    return records.stream()
        .filter(record -> record.call().equals(call))
        .filter(record -> record.offset() >= Math.max(from, oldest))
        .limit(max)
        .toList();
  }

  @Override
  public List<Integer> partitionsOf(CallId call) {
    return records.stream()
        .filter(record -> record.call().equals(call) && record.offset() >= oldest)
        .map(JournalRecord::partition)
        .distinct()
        .toList();
  }

  @Override
  public Extent extent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<EndedSegment> oldestEnded() {
    return Optional.empty();
  }

  @Override
  public boolean drop(EndedSegment segment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long end(int partition) {
    return records.size();
  }

  @Override
  public long oldest(int partition) {
    return oldest;
  }

  @Override
  public CompletionStage<Append> append(List<NewRecord> batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page readCompany(CompanyId company, int partition, long from, int max) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void listen(Listener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
