package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.CallId;
import io.switchhook.event.Kind;
import io.switchhook.journal.Journal;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.AppendUntilKept;
import io.switchhook.source.myoperator.Reorder.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/*
 * From the inbox into the journal, exactly once.
 *
 * 1. What waits is in the inbox. Events that may go become records, the records are appended, and
 *    when they are durable the inbox drops the requests and keeps what is to be remembered of their
 *    calls, both in one unit of work.
 * 2. A crash in between leaves the requests where they are, with what was remembered before them.
 *    They become the same records again, and the journal knows those by their identities.
 */
/** Tells what waits, call by call in order. For one thread; waits for the journal and the inbox. */
final class TellCalls {
  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 500_000;
  private static final int REMEMBERED_MAX = 2_000;
  private static final int PAUSE_MILLIS = 200;
  private static final int CALL_RECORDS_MAX = 1_000;

  private final MyOperatorSettings settings;
  private final Inbox inbox;
  private final Journal journal;
  private final AppendUntilKept append;
  private final CountDownLatch stopped;
  private final Map<String, Reorder> calls = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));
  private final Set<String> touched = new LinkedHashSet<>();
  private final Map<String, CallMemory> remembered =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  private final List<NewRecord> records = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private final Map<String, CallMemory> changed = new LinkedHashMap<>();
  private long bytes;

  private record Due(long atMillis, String uid) {}

  /**
   * A teller to which nothing was offered.
   *
   * @param stopped counted down when it shall give up what the stores refuse
   */
  TellCalls(MyOperatorSettings settings, Inbox inbox, Journal journal, CountDownLatch stopped) {
    this.settings = settings;
    this.inbox = inbox;
    this.journal = journal;
    this.append = new AppendUntilKept(journal, settings.name());
    this.stopped = stopped;
  }

  /** Why nothing goes on at present, in a sentence; empty when it does. From any thread. */
  Optional<String> refusal() {
    return append.refusal();
  }

  /** Gives up what is refused. From any thread. */
  void stop() {
    append.stop();
  }

  /** Takes an event that is in the inbox. */
  void offer(Waiting event) {
    var uid = event.event().uid();
    calls.computeIfAbsent(uid, _ -> new Reorder(settings.reorderWait())).offer(event);
    due.add(new Due(event.arrivedMillis() + settings.reorderWait().toMillis(), uid));
    touched.add(uid);
  }

  /** When {@link #tell} has something to do next, if nothing more is offered. */
  OptionalLong dueMillis() {
    return due.isEmpty() ? OptionalLong.empty() : OptionalLong.of(due.peek().atMillis());
  }

  /**
   * Tells all that may go.
   *
   * @return how many events are told; fewer than could be when it was stopped
   */
  int tell(Instant now) throws InterruptedException {
    while (!due.isEmpty() && due.peek().atMillis() <= now.toEpochMilli()) {
      touched.add(due.remove().uid());
    }
    var told = 0;
    for (var uid : List.copyOf(touched)) {
      var call = calls.get(uid);
      if (call == null) {
        continue;
      }
      for (var event = call.next(memory(uid), now.toEpochMilli());
          event != null;
          event = call.next(memory(uid), now.toEpochMilli())) {
        add(uid, event);
        told++;
        if (isFull() && !flush(now)) {
          return told;
        }
      }
      if (call.isEmpty()) {
        calls.remove(uid);
      }
    }
    touched.clear();
    flush(now);
    return told;
  }

  private boolean isFull() {
    return records.size() >= BATCH_RECORDS || bytes >= BATCH_BYTES || ids.size() >= BATCH_RECORDS;
  }

  private void add(String uid, Waiting waiting) {
    ids.add(waiting.id());
    var event = waiting.event();
    var memory = memory(uid);
    if (memory.has(event.identity())) {
      return;
    }
    var known =
        Tell.wantsAfterCallLog(event, settings.tellAs())
            ? afterCallLog(new CallId(settings.company(), uid))
            : Optional.<AfterCallLog>empty();
    var telling = Tell.of(event, memory, settings.tellAs(), known);
    for (var made : telling.made()) {
      var record = made.record(settings.company(), uid);
      records.add(record);
      bytes += record.body().size();
    }
    changed.put(uid, telling.memory());
  }

  private CallMemory memory(String uid) {
    var memory = changed.get(uid);
    if (memory == null) {
      memory = remembered.get(uid);
    }
    if (memory == null) {
      memory = inbox.memory(uid).map(CallMemory::ofJson).orElse(CallMemory.NONE);
      remember(uid, memory);
    }
    return memory;
  }

  private void remember(String uid, CallMemory memory) {
    remembered.put(uid, memory);
    if (remembered.size() > REMEMBERED_MAX) {
      var oldest = remembered.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** What was told of the call after it ended, newest first; a disposition repeats it. */
  private Optional<AfterCallLog> afterCallLog(CallId call) {
    // It may be in the batch that is put together just now.
    for (var record : records.reversed()) {
      if (record.call().equals(call) && record.kind() == Kind.AFTER_CALL) {
        return read(record.body().array());
      }
    }
    for (int partition : journal.partitionsOf(call).reversed()) {
      for (var record : journal.readCall(partition, call, 0, CALL_RECORDS_MAX).reversed()) {
        if (record.kind() == Kind.AFTER_CALL) {
          return read(record.body().array());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<AfterCallLog> read(byte[] body) {
    return CallLogReader.read(body) instanceof ReadResult.Read(var log)
            && log.kind() == LogKind.AFTER_CALL
        ? Optional.of(AfterCallLog.of(log))
        : Optional.empty();
  }

  /** False when it was stopped; what was not told is still in the inbox. */
  private boolean flush(Instant now) throws InterruptedException {
    if (!records.isEmpty() && !append.append(List.copyOf(records))) {
      return false;
    }
    var memories = new LinkedHashMap<String, String>();
    changed.forEach((uid, memory) -> memories.put(uid, memory.toJson()));
    while (!ids.isEmpty() && !inbox.told(List.copyOf(ids), memories, now)) {
      if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    changed.forEach(this::remember);
    changed.clear();
    records.clear();
    ids.clear();
    bytes = 0;
    return true;
  }
}
