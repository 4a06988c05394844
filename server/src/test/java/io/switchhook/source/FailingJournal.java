package io.switchhook.source;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Append;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal of which some calls and places cannot be read, as when their records are damaged. */
final class FailingJournal implements Journal {
  final Set<String> unreadableUids = new HashSet<>();
  final Set<String> unappendableUids = new HashSet<>();
  final Set<Long> unreadableOffsets = new HashSet<>();
  private final Journal journal;

  FailingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public CompletionStage<Append> append(List<NewRecord> batch) {
    return batch.stream().anyMatch(record -> unappendableUids.contains(record.call().uid()))
        ? CompletableFuture.failedStage(new JournalException("an earlier record is damaged"))
        : journal.append(batch);
  }

  /** A damaged record ends the page before it; as the first of its page it is an error. */
  @Override
  public Page read(int partition, long from, int max) {
    if (unreadableOffsets.contains(from)) {
      throw new JournalException("the record at " + from + " is damaged");
    }
    long end =
        unreadableOffsets.stream()
            .filter(offset -> offset > from)
            .min(Long::compare)
            .orElse(Long.MAX_VALUE);
    return journal.read(partition, from, (int) Math.min(max, end - from));
  }

  @Override
  public List<JournalRecord> readCall(int partition, CallId call, long from, int max) {
    if (unreadableUids.contains(call.uid())) {
      throw new JournalException("a record of the call is damaged");
    }
    return journal.readCall(partition, call, from, max);
  }

  @Override
  public Page readCompany(CompanyId company, int partition, long from, int max) {
    return journal.readCompany(company, partition, from, max);
  }

  @Override
  public List<Integer> partitionsOf(CallId call) {
    return journal.partitionsOf(call);
  }

  @Override
  public long end(int partition) {
    return journal.end(partition);
  }

  @Override
  public long oldest(int partition) {
    return journal.oldest(partition);
  }

  @Override
  public Extent extent() {
    return journal.extent();
  }

  @Override
  public Optional<EndedSegment> oldestEnded() {
    return journal.oldestEnded();
  }

  @Override
  public boolean drop(EndedSegment segment) {
    return journal.drop(segment);
  }

  @Override
  public void listen(Listener listener) {
    journal.listen(listener);
  }

  @Override
  public void close() {
    journal.close();
  }
}
