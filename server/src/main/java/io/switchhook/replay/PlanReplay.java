package io.switchhook.replay;

import io.switchhook.company.Change;
import io.switchhook.company.FieldMistake;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CallId;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.replay.StoredReplay.State;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes of what is asked for a replay with its range in each partition, and counts it. Blocks for
 * as long as reading that range takes.
 */
final class PlanReplay {
  private final Replays.Setup setup;
  private final Journal journal;
  private final FindByTime findByTime;
  private final CountReplay countReplay;

  PlanReplay(Replays.Setup setup, BooleanSupplier isStopping) {
    this.setup = setup;
    this.journal = setup.journal();
    this.findByTime = new FindByTime(journal);
    this.countReplay = new CountReplay(journal, setup.cursors(), isStopping);
  }

  Change<StoredReplay> plan(Entry entry, Asked asked) {
    var uid = asked.uid();
    var replay =
        uid == null
            ? Optional.of(ofTime(entry, asked))
            : ofCall(entry, new CallId(entry.webhook().company(), uid), asked);
    return replay
        .<Change<StoredReplay>>map(found -> new Change.Done<>(counted(entry, found)))
        .orElseGet(
            () ->
                new Change.Refused<>(
                    List.of(new FieldMistake("uid", "names no call that is kept"))));
  }

  private StoredReplay counted(Entry entry, Replay replay) {
    var total = countReplay.count(entry, replay);
    return new StoredReplay(
        replay,
        entry.webhook().company(),
        total,
        0,
        0,
        keptFrom(replay).orElse(null),
        State.RUNNING,
        null,
        null);
  }

  /** Since when events are kept, when that is later than what is asked for begins. */
  private Optional<Instant> keptFrom(Replay replay) {
    var call = replay.call();
    if (call == null) {
      return journal
          .extent()
          .oldestAcceptedAt()
          .filter(
              oldest -> !replay.from().equals(Asked.BEGINNING) && replay.from().isBefore(oldest));
    }
    return journal.partitionsOf(call).stream()
        .flatMap(partition -> journal.readCall(partition, call, 0, 1).stream())
        .findFirst()
        .filter(first -> first.sequence() > 1)
        .map(JournalRecord::acceptedAt);
  }

  private Replay ofTime(Entry entry, Asked asked) {
    var starts = new HashMap<Integer, Long>();
    var ends = new HashMap<Integer, Long>();
    var from = asked.fromOrBeginning();
    var to = asked.toOrForever();
    for (int partition : setup.partitions().apply(entry.webhook().company()).partitions()) {
      var end = findByTime.end(partition, to);
      ends.put(partition, end);
      starts.put(partition, Math.min(end, findByTime.start(partition, from)));
    }
    return new Replay(
        newId(),
        entry.webhook().id(),
        null,
        from,
        to,
        asked.only(),
        setup.engineTime().instant(),
        starts,
        ends);
  }

  private Optional<Replay> ofCall(Entry entry, CallId call, Asked asked) {
    var starts = new HashMap<Integer, Long>();
    var ends = new HashMap<Integer, Long>();
    for (int partition : journal.partitionsOf(call)) {
      journal.readCall(partition, call, 0, 1).stream()
          .findFirst()
          .ifPresent(
              first -> {
                starts.put(partition, first.offset());
                ends.put(partition, journal.end(partition));
              });
    }
    return ends.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Replay(
                newId(),
                entry.webhook().id(),
                call,
                Asked.BEGINNING,
                Asked.FOREVER,
                asked.only(),
                setup.engineTime().instant(),
                starts,
                ends));
  }

  private ReplayId newId() {
    return new ReplayId(String.format("rp_%016x", setup.random().nextLong()));
  }
}
