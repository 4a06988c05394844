package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.Invariant;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.target.Outcome;
import io.switchhook.target.Telling;
import io.switchhook.target.Telling.Mark;
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
  private final GiveUpEvents giveUpEvents;
  private final Replays replays;

  MakeAttempts(Board board, GiveUpEvents giveUpEvents, Replays replays) {
    this.board = board;
    this.replays = replays;
    this.giveUpEvents = giveUpEvents;
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
    for (var lane = board.overdue.poll(); lane != null; lane = board.overdue.poll()) {
      lane.inOverdueList = false;
      giveUpBelowFloor(lane);
    }
    for (var lane = board.turns.next(board.now); lane != null; lane = board.turns.next(board.now)) {
      work(lane);
      board.wakeReaders(lane.gate);
    }
    for (var gate : board.turns.takeIdle()) {
      board.wakeReaders(gate);
      board.serveInTime(gate);
    }
  }

  /** What the journal lets go of is given up without asking the receiver. */
  private void giveUpBelowFloor(Lane lane) {
    var entry = board.catalog.find(lane.key.webhook());
    if (!lane.isFree() || !lane.isOverdue() || entry.isEmpty()) {
      return;
    }
    if (lane.queue.isEmpty()) {
      readOn(lane);
    } else {
      giveUpEvents.giveUpWhatIsTooLate(lane, entry.get());
    }
  }

  private void work(Lane lane) {
    var entry = board.catalog.find(lane.key.webhook());
    if (entry.isEmpty()) {
      return; // deleted: its lanes were dropped
    }
    if (lane.needsThread()) {
      lane.reading = true;
      board.take(lane);
      board.emit(
          new Effect.ReadThread(lane.book.partition, lane.key, lane.threadEnd(), board.catalog));
      return;
    }
    var item = lane.queue.peekFirst();
    if (item == null) {
      readOn(lane);
    } else if (giveUpEvents.giveUpWhatIsTooLate(lane, entry.get())) {
      board.offer(lane);
    } else if (!lane.isLive() && !replays.stillMatches(entry.get(), item)) {
      leaveOut(lane, item);
    } else {
      attempt(lane, item);
    }
  }

  /** The webhook was changed since this was read to be told again. */
  private void leaveOut(Lane lane, Item item) {
    lane.queue.removeFirst();
    lane.delivered(item);
    giveUpEvents.closed(lane, item);
    lane.book.changed.add(lane);
    board.commitSoon(lane.book);
    board.offerWithOthers(lane);
  }

  private void readOn(Lane lane) {
    lane.reading = true;
    board.take(lane);
    board.emit(
        new Effect.ReadLane(
            lane.book.partition,
            lane.key,
            lane.readFrom,
            lane.unreadBound,
            board.isShortOfMemory() ? 1 : board.settings.pageRecords()));
  }

  private void attempt(Lane lane, Item item) {
    lane.queue.removeFirst();
    lane.inFlight = item;
    board.take(lane);
    if (lane.isLive()) {
      board.replayPace.liveBegins(board.now);
      lane.gate.tells(board.now);
    } else {
      board.replayPace.replayBegins(board.now);
    }
    board.emit(
        new Effect.Attempt(
            lane.book.partition,
            lane.key,
            new Telling(
                item.event(),
                item.previous(),
                lane.isLive() ? lane.skippedBefore(item) : 0,
                lane.attempts + 1,
                lane.isLive() ? Mark.LIVE : Mark.REPLAY)));
  }

  /** What came before the head of a lane was looked up. */
  void threadRead(Lane lane, int previous, int skipped) {
    lane.reading = false;
    board.turns.giveBack(lane);
    lane.learnThread(previous, skipped);
    board.offerFirstWithOthers(lane);
  }

  /** More of a lane's call was read. */
  void laneRead(Lane lane, Input.LaneRead read) {
    lane.reading = false;
    board.turns.giveBack(lane);
    var entry = board.catalog.find(lane.key.webhook());
    if (entry.isEmpty()) {
      return;
    }
    for (var record : read.records()) {
      Invariant.check(record.offset() >= lane.readFrom, "a lane is read on from where it stopped");
      if (!lane.isLive()) {
        takeAgain(lane, entry.get(), record, read.giveUps());
      } else if (record.kind().isEvent()) {
        take(lane, entry.get(), record);
      }
    }
    lane.passed(read.readTo() - 1);
    if (!lane.isLive() && lane.firstPending() != lane.head) {
      lane.attempts = 0; // of an event that is not told again after all
    }
    if (lane.hasPassed(lane.book.floor)) {
      board.forgetQueue(lane);
      lane.beginReadingAt(lane.book.floor);
    }
    lane.book.changed.add(lane);
    board.commitSoon(lane.book);
    // Before those that have yet to read: else all that wait in line would be read before any is
    // told.
    board.offerFirstWithOthers(lane);
  }

  private void take(Lane lane, Entry entry, JournalRecord record) {
    if (record.sequence() == 1) {
      lane.beginCallAnew(record.offset());
    }
    var fields = LogFields.of(record);
    switch (Router.route(entry, record, fields)) {
      case NOT_FOR_IT -> {}
      case WANTED -> {
        lane.enqueue(Item.routed(record, board.freshness.expiresAt(entry, record, fields)));
        board.bytesAtHand += record.body().size();
      }
      case DISABLED -> lane.enqueueDisabled(record.offset(), record.sequence());
    }
  }

  private void takeAgain(Lane lane, Entry entry, JournalRecord record, GiveUps giveUps) {
    var item = replays.again(lane.reader, entry, record, giveUps);
    if (item != null) {
      lane.enqueue(item);
      board.bytesAtHand += record.body().size();
    }
  }

  /** An attempt ended. */
  void attemptEnded(@Nullable Lane lane, Input.AttemptEnded ended) {
    var item = lane == null ? null : lane.inFlight;
    if (lane == null || item == null) {
      return; // the webhook was deleted meanwhile
    }
    board.turns.giveBack(lane);
    Invariant.check(
        item.offset() == ended.event().offset(), "an answer belongs to what is in flight");
    lane.inFlight = null;
    lane.book.outcomesSinceCommit++;
    tellBreaker(lane.gate, item, ended);
    lane.parkedByOutage = RetrySchedule.isOutage(ended.outcome());
    var attempt = lane.attempts + 1;
    if (lane.isOver) {
      lastOfReplay(lane, item, ended);
      return;
    }
    switch (board
        .settings
        .retries()
        .decide(ended.outcome(), attempt, salt(lane, item), board.now)) {
      case RetrySchedule.Verdict.Done() -> {
        report(ended, attempt, null);
        lane.delivered(item);
        giveUpEvents.closed(lane, item);
        toldByReplay(lane, item);
        if (lane.covered && board.isShortOfMemory()) {
          board.forgetQueue(lane);
        }
      }
      case RetrySchedule.Verdict.TryAgain(var at) -> failed(lane, item, ended, at);
      case RetrySchedule.Verdict.Abandon(var reason) -> {
        report(ended, attempt, null);
        giveUpEvents.giveUp(lane, item, reason);
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
    board.offerWithOthers(lane);
  }

  /** The answer to what was out when its replay ended. */
  private void lastOfReplay(Lane lane, Item item, Input.AttemptEnded ended) {
    report(ended, lane.attempts + 1, null);
    if (ended.outcome() instanceof Outcome.Delivered) {
      toldByReplay(lane, item);
    }
    board.forgetBytes(item);
    board.drop(lane);
    board.offerWithOthers(lane);
  }

  /** What had been given up was told after all. */
  private void toldByReplay(Lane lane, Item item) {
    if (item.wasGivenUp()) {
      lane.book.toldByReplay.add(
          new GiveUp(
              lane.key.webhook(),
              lane.book.partition,
              item.offset(),
              Reason.TOLD_BY_REPLAY,
              board.now));
    }
  }

  private void tellBreaker(Gate gate, Item item, Input.AttemptEnded ended) {
    if (RetrySchedule.isTooMuch(ended.outcome())) {
      gate.concurrency.tooMuch(ended.startedAt(), board.now);
    }
    if (!RetrySchedule.blamesTheReceiver(ended.outcome())) {
      gate.concurrency.answered();
      if (gate.breaker.answered()) {
        gate.concurrency.beginWithOne();
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
    if (!lane.isLive()) {
      lane.head = item.offset(); // what a changed webhook wants of what comes before is left out
    }
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
                nextAttemptAt,
                ended.lane().feed().isLive() ? Mark.LIVE : Mark.REPLAY)));
  }

  private static long salt(Lane lane, Item item) {
    return lane.key.webhook().value().hashCode() * 31L + item.offset() * 257 + lane.book.partition;
  }

  /** A webhook was disabled: its parked lanes have nothing to wait for. */
  void unparkAll(Gate gate) {
    gate.breaker.reset();
    gate.lanes.forEach(this::unpark);
    board.turns.add(gate);
    board.wakeReaders(gate);
  }

  /** A webhook was deleted: its lanes go, what is in flight ends, nothing more starts. */
  void drop(Gate gate) {
    List.copyOf(gate.lanes).forEach(board::drop);
    for (var book : board.books.values()) {
      for (var reader : List.copyOf(book.feeds.values())) {
        if (reader.gate == gate) {
          var feed = Objects.requireNonNull(reader.feed());
          book.feeds.remove(feed);
          book.orphanFeeds.add(feed);
          book.forget(feed);
          board.readersToRead.remove(reader);
          board.commitSoon(book);
        }
      }
      book.forget(Feed.live(gate.webhook));
      book.catchingUp.remove(gate.webhook);
    }
    board.turns.remove(gate);
  }
}
