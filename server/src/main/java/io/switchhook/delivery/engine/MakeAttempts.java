package io.switchhook.delivery.engine;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.Invariant;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.target.Telling;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets lanes work, one event at a time, and decides what becomes of each event when its attempt has
 * ended.
 */
final class MakeAttempts {
  private final Board board;

  MakeAttempts(Board board) {
    this.board = board;
  }

  /** A parked lane has waited long enough. */
  void due(Lane lane) {
    if (lane.isSettled()) {
      lane.book.changed.add(lane);
      board.commitSoon(lane.book);
    }
    board.offer(lane);
  }

  /** Lets lanes through every gate where somebody waits and a place is free. */
  void serveGates() {
    if (board.stopping) {
      return;
    }
    while (!board.gatesToServe.isEmpty()) {
      var gate = board.gatesToServe.iterator().next();
      board.gatesToServe.remove(gate);
      for (var lane = gate.next(board.now); lane != null; lane = gate.next(board.now)) {
        work(lane);
      }
    }
  }

  private void work(Lane lane) {
    var entry = board.catalog.find(lane.key.webhook());
    if (entry.isEmpty()) {
      return; // deleted: its lanes were dropped
    }
    if (lane.needsThread()) {
      lane.reading = true;
      lane.gate.take();
      board.emit(new Effect.ReadThread(lane.book.partition, lane.key, lane.head, board.catalog));
      return;
    }
    var item = lane.queue.peekFirst();
    if (item == null) {
      lane.reading = true;
      lane.gate.take();
      board.emit(
          new Effect.ReadLane(
              lane.book.partition,
              lane.key,
              lane.readFrom,
              lane.unreadBound,
              board.isShortOfMemory() ? 1 : board.settings.pageRecords()));
      return;
    }
    if (giveUpWhatIsTooLate(lane, entry.get())) {
      return;
    }
    attempt(lane, item);
  }

  private void attempt(Lane lane, Item item) {
    lane.queue.removeFirst();
    lane.inFlight = item;
    lane.gate.take();
    board.emit(
        new Effect.Attempt(
            lane.book.partition,
            lane.key,
            new Telling(
                item.event(),
                item.previous(),
                lane.skippedBefore(item),
                lane.attempts + 1,
                Mark.LIVE)));
  }

  /** Gives up the events at the head that may not be told any more; true when there were some. */
  private boolean giveUpWhatIsTooLate(Lane lane, Entry entry) {
    var any = false;
    for (var item = lane.queue.peekFirst(); item != null; item = lane.queue.peekFirst()) {
      var reason = tooLate(lane, entry, item);
      if (reason == null) {
        break;
      }
      lane.queue.removeFirst();
      giveUp(lane, item, reason);
      any = true;
    }
    return any;
  }

  private @Nullable Reason tooLate(Lane lane, Entry entry, Item item) {
    if (Router.isDisabledAfter(entry, lane.book.partition, item.offset())) {
      return Reason.DISABLED;
    }
    if (!item.expiresAt().isAfter(board.now)) {
      return Reason.EXPIRED;
    }
    return isSuperseded(lane, entry, item) ? Reason.SUPERSEDED : null;
  }

  /**
   * For who wants it so, a waiting in-call event is stale when a later one waits behind it; the end
   * of a call never is.
   */
  private static boolean isSuperseded(Lane lane, Entry entry, Item item) {
    return entry.webhook().settings().superseded() == Superseded.DROP
        && item.event().kind() == Kind.IN_CALL
        && lane.queue.size() > 1
        && !CallEnds.isFinal(item.event());
  }

  /** The lane goes on when this is durable. */
  private void giveUp(Lane lane, Item item, Reason reason) {
    lane.gaveUp(item);
    closed(lane, item);
    lane.blocked = true;
    lane.wantsRow = true;
    lane.book.changed.add(lane);
    lane.book.giveUps.add(new PartitionBook.PendingGiveUp(lane, item, reason, board.now));
    board.commitNow(lane.book);
  }

  /** An event is terminal: it is not at hand any more, and no longer holds the watermark. */
  private void closed(Lane lane, Item item) {
    board.forgetBytes(item);
    if (!lane.covered) {
      lane.book.window.close(item.offset());
      if (lane.queue.isEmpty()) {
        lane.book.notPendingUncovered(lane);
      }
    }
  }

  /** What came before the head of a lane was looked up. */
  void threadRead(Lane lane, int previous, int skipped) {
    lane.reading = false;
    lane.gate.giveBack();
    board.gatesToServe.add(lane.gate);
    lane.learnThread(previous, skipped);
    board.offerFirst(lane);
  }

  /** More of a lane's call was read. */
  void laneRead(Lane lane, List<JournalRecord> records, long readTo) {
    lane.reading = false;
    lane.gate.giveBack();
    board.gatesToServe.add(lane.gate);
    var entry = board.catalog.find(lane.key.webhook());
    if (entry.isEmpty()) {
      return;
    }
    for (var record : records) {
      Invariant.check(record.offset() >= lane.readFrom, "a lane is read on from where it stopped");
      if (record.kind().isEvent()) {
        take(lane, entry.get(), record);
      }
    }
    lane.passed(readTo - 1);
    lane.book.changed.add(lane);
    board.commitSoon(lane.book);
    // Before those that have yet to read: else all that wait in line would be read before any is
    // told.
    board.offerFirst(lane);
  }

  private void take(Lane lane, Entry entry, JournalRecord record) {
    if (record.sequence() == 1) {
      lane.beginCallAnew(record.offset());
    }
    switch (Router.route(entry, record, LogFields.of(record))) {
      case NOT_FOR_IT -> {}
      case WANTED -> {
        lane.enqueue(Item.routed(record, board.freshness.expiresAt(entry, record)));
        board.bytesAtHand += record.body().size();
      }
      case DISABLED -> lane.enqueueDisabled(record.offset(), record.sequence());
    }
  }

  /** An attempt ended. */
  void attemptEnded(@Nullable Lane lane, Input.AttemptEnded ended) {
    var item = lane == null ? null : lane.inFlight;
    if (lane == null || item == null) {
      return; // the webhook was deleted meanwhile
    }
    lane.gate.giveBack();
    board.gatesToServe.add(lane.gate);
    Invariant.check(
        item.offset() == ended.event().offset(), "an answer belongs to what is in flight");
    lane.inFlight = null;
    lane.book.outcomesSinceCommit++;
    tellBreaker(lane.gate, item, ended);
    lane.parkedByOutage = RetrySchedule.isOutage(ended.outcome());
    var attempt = lane.attempts + 1;
    switch (board
        .settings
        .retries()
        .decide(ended.outcome(), attempt, salt(lane, item), board.now)) {
      case RetrySchedule.Verdict.Done() -> {
        report(ended, attempt, null);
        lane.delivered(item);
        closed(lane, item);
        if (lane.covered && board.isShortOfMemory()) {
          board.forgetQueue(lane);
        }
      }
      case RetrySchedule.Verdict.TryAgain(var at) -> failed(lane, item, ended, at);
      case RetrySchedule.Verdict.Abandon(var reason) -> {
        report(ended, attempt, null);
        giveUp(lane, item, reason);
      }
      case RetrySchedule.Verdict.DisableWebhook() -> {
        failed(lane, item, ended, board.now.plus(RetrySchedule.WAIT_FOR_DISABLING));
        board.emit(new Effect.Disable(lane.key.webhook(), "the receiver answered 410 Gone"));
      }
    }
    lane.book.changed.add(lane);
    if (lane.book.outcomesSinceCommit >= board.settings.outcomesPerCommit()) {
      board.commitNow(lane.book);
    } else {
      board.commitSoon(lane.book);
    }
    board.offer(lane);
  }

  private void tellBreaker(Gate gate, Item item, Input.AttemptEnded ended) {
    if (!RetrySchedule.blamesTheReceiver(ended.outcome())) {
      if (gate.breaker.answered()) {
        board.emit(new Effect.BreakerMoved(gate.webhook, null));
        gate.lanes.stream().filter(lane -> lane.parkedByOutage).forEach(this::unpark);
      }
      return;
    }
    var life = Duration.between(item.event().acceptedAt(), item.expiresAt());
    if (gate.breaker.failed(ended.startedAt(), board.now, life)) {
      var until = Objects.requireNonNull(gate.breaker.openUntil());
      board.serveAt(gate, until);
      board.emit(new Effect.BreakerMoved(gate.webhook, until));
    }
  }

  private void unpark(Lane lane) {
    if (lane.nextAt != null) {
      lane.nextAt = null;
      board.offer(lane);
    }
  }

  private void failed(Lane lane, Item item, Input.AttemptEnded ended, Instant tryAgainAt) {
    lane.attempts++;
    lane.queue.addFirst(item);
    lane.wantsRow = true;
    var until = item.expiresAt().isBefore(tryAgainAt) ? item.expiresAt() : tryAgainAt;
    report(ended, lane.attempts, until);
    var entry = board.catalog.find(lane.key.webhook());
    if (entry.isPresent()
        && Router.isDisabledAfter(entry.get(), lane.book.partition, item.offset())) {
      return; // not parked: the lane gives it up at once
    }
    board.park(lane, until);
  }

  private void report(Input.AttemptEnded ended, int attempt, @Nullable Instant nextAttemptAt) {
    board.emit(
        new Effect.Attempted(
            new AttemptReport(
                ended.lane().webhook(),
                ended.event(),
                attempt,
                ended.startedAt(),
                ended.outcome(),
                nextAttemptAt)));
  }

  private static long salt(Lane lane, Item item) {
    return lane.key.webhook().value().hashCode() * 31L + item.offset() * 257 + lane.book.partition;
  }

  /** A webhook was disabled: its parked lanes have nothing to wait for. */
  void unparkAll(Gate gate) {
    gate.breaker.reset();
    gate.lanes.forEach(this::unpark);
    board.gatesToServe.add(gate);
  }

  /** A webhook was deleted: its lanes go, what is in flight ends, nothing more starts. */
  void drop(Gate gate) {
    for (var lane : gate.lanes) {
      if (!lane.covered) {
        lane.queue.forEach(item -> lane.book.window.close(item.offset()));
        if (lane.inFlight != null) {
          lane.book.window.close(lane.inFlight.offset());
        }
        lane.book.notPendingUncovered(lane);
      } else {
        lane.book.orphans.add(lane.key);
      }
      lane.queue.forEach(board::forgetBytes);
      if (lane.inFlight != null) {
        board.forgetBytes(lane.inFlight);
      }
      lane.queue.clear();
      lane.inFlight = null;
      lane.dropped = true;
      lane.nextAt = null;
      lane.book.changed.remove(lane);
      lane.book.settled.remove(lane);
      board.calls.remove(lane);
      board.commitSoon(lane.book);
    }
    gate.lanes.clear();
  }
}
