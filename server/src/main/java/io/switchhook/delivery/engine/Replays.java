package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.event.CallId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Route;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * A replay is one more reader of the partition, with a cursor and lanes of its own, that goes through its webhook's gate. What
 * it tells again and what happens meanwhile do not mix: while something of a call is to be told again, what happens in that
 * call waits.
 *
 * After a restart the reader begins at its cursor. What it had begun with before lies at most AHEAD_MAX offsets further on; until
 * that is read again, nothing that happens is told to its webhook, lest it come between two events of a call that are told
 * again.
 */
/** Begins and ends replays, and says what they tell again. */
final class Replays {
  /** How far a replay reads ahead of what is pending. */
  static final int AHEAD_MAX = 512;

  private final Board board;

  Replays(Board board) {
    this.board = board;
  }

  /** Begins to tell again, unless it has begun already. */
  void start(PartitionBook book, Replay replay) {
    var entry = board.catalog.find(replay.webhook());
    if (entry.isEmpty()
        || !entry.get().webhook().isEnabled()
        || book.feeds.containsKey(replay.feed())) {
      return;
    }
    var gate = board.gate(replay.webhook(), entry.get().webhook().company());
    var from = Math.min(replay.start(book.partition), replay.end(book.partition));
    if (replay.call() == null) {
      begin(book, Reader.replay(book, gate, replay, from));
      return;
    }
    var reader = Reader.replay(book, gate, replay, replay.end(book.partition));
    begin(book, reader);
    putLane(reader, replay.call(), from);
  }

  /** One call needs no reader: its lane has it. */
  private void putLane(Reader reader, CallId id, long from) {
    var call = board.calls.findOrAdd(reader.book.partition, id);
    var lane = lane(call, reader, id, from);
    lane.unreadBound = reader.end();
    lane.covered = true; // by the row that the next commit puts; a crash before begins anew
    board.behind(lane);
    reader.book.changed.add(lane);
    board.offer(lane);
  }

  /** Goes on with what was stored. */
  void resume(PartitionBook book, Replay replay, long cursor, long done) {
    var entry = board.catalog.find(replay.webhook()).orElseThrow();
    var gate = board.gate(replay.webhook(), entry.webhook().company());
    var reader = Reader.replay(book, gate, replay, cursor);
    reader.stored = cursor;
    reader.done = done;
    reader.storedDone = done;
    if (reader.isBehind()) {
      book.catchingUp.add(gate.webhook);
    }
    begin(book, reader);
  }

  private void begin(PartitionBook book, Reader reader) {
    book.feeds.put(Objects.requireNonNull(reader.feed()), reader);
    board.readersToRead.add(reader);
    board.commitSoon(book);
  }

  /**
   * What is told again of this record; null when it is not asked for. It has all of its time to
   * live: a replay takes its time, and who asked for it wants all of it.
   */
  @Nullable Item again(Reader reader, Entry entry, JournalRecord record, GiveUps giveUps) {
    var replay = Objects.requireNonNull(reader.replay);
    var fields = LogFields.of(record);
    var route = Router.route(entry, record, fields);
    if (!replay.isAbout(record)
        || !Router.matchesToday(entry, record, fields)
        || !isTerminal(reader, route, record)) {
      return null;
    }
    var isGivenUp =
        giveUps.isGivenUp(record.offset())
            || (route == Route.DISABLED && !giveUps.isToldByReplay(record.offset()));
    if (replay.only() == Only.FAILED && !isGivenUp) {
      return null;
    }
    var life =
        Duration.between(record.acceptedAt(), board.freshness.expiresAt(entry, record, fields));
    return Item.again(record, board.now.plus(life), isGivenUp);
  }

  /** False when the webhook was changed since and does not want this any more. */
  boolean stillMatches(Entry entry, Item item) {
    return Router.matchesToday(entry, item.event(), LogFields.of(item.event()));
  }

  /** What is still to be told by itself is not told again. */
  private boolean isTerminal(Reader reader, Route route, JournalRecord record) {
    var book = reader.book;
    var webhook = Objects.requireNonNull(reader.gate).webhook;
    var key = new LaneKey(webhook, record.call());
    if (book.wasToldBefore(key, record.offset())) {
      return true;
    }
    if ((record.offset() >= reader.toldByItselfFrom && route == Route.WANTED)
        || record.offset() >= book.readerOf(webhook).window.readPosition()) {
      return false;
    }
    var lane = board.calls.lane(book.partition, key);
    return lane == null
        || record.offset() < lane.head
        || (lane.isSettled() && lane.unsavedGiveUps == 0);
  }

  /** The lane of a call that is told again. */
  Lane lane(Calls.Call call, Reader reader, CallId id, long from) {
    var gate = Objects.requireNonNull(reader.gate);
    var feed = Objects.requireNonNull(reader.feed());
    var lane = call.find(feed);
    if (lane == null) {
      lane = new Lane(new LaneKey(feed, id), call, gate, reader);
      lane.beginAt(from);
      call.lanes.add(lane);
    }
    return lane;
  }

  /** What was begun with before a restart is at hand again: what happens may go on. */
  void letGoOnWhenCaughtUp(Reader reader) {
    var gate = reader.gate;
    if (reader.replay == null || gate == null || !reader.book.catchingUp.contains(gate.webhook)) {
      return;
    }
    var readAgainTo = Math.min(reader.end(), reader.stored + AHEAD_MAX);
    if (reader.window.readPosition() >= readAgainTo) {
      reader.book.catchingUp.remove(gate.webhook);
      gate.liveLanesIn(reader.book).forEach(board::offer);
    }
  }

  /**
   * Says which replays have nothing left to tell in a partition. Nothing of it is being committed.
   */
  void tellEnds(PartitionBook book) {
    for (var reader : book.feeds.values()) {
      var feed = reader.feed();
      if (feed != null
          && reader.replay != null
          && !reader.endTold
          && reader.isAtEnd()
          && !reader.hasMoved()
          && lanesOf(reader).isEmpty()) {
        reader.endTold = true;
        board.emit(new Effect.ReplayEnded(book.partition, feed, reader.done));
      }
    }
  }

  /** A replay is over: its rows go, and what is out is the last that is told of it. */
  void end(PartitionBook book, Feed feed) {
    var reader = book.feeds.remove(feed);
    if (reader == null || reader.gate == null) {
      return;
    }
    board.readersToRead.remove(reader);
    reader.gate.release(reader);
    reader.gate.line(reader).waitingReaders.remove(reader);
    board.wakeReaders(reader.gate);
    book.catchingUp.remove(feed.webhook());
    book.orphanFeeds.add(feed);
    book.forget(feed);
    lanesOf(reader).forEach(this::end);
    reader.gate.liveLanesIn(book).forEach(board::offer);
    board.commitSoon(book);
  }

  private void end(Lane lane) {
    if (lane.inFlight == null) {
      board.drop(lane);
      return;
    }
    lane.isOver = true; // what happens in its call waits for the answer
    lane.queue.forEach(board::forgetBytes);
    lane.queue.clear();
    lane.unreadBound = lane.readFrom;
    lane.wantsRow = false;
    lane.book.changed.remove(lane);
    lane.book.settled.remove(lane);
  }

  private static List<Lane> lanesOf(Reader reader) {
    return reader.gate == null
        ? List.of()
        : reader.gate.lanes.stream().filter(lane -> lane.reader == reader).toList();
  }
}
