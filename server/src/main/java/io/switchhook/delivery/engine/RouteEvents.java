package io.switchhook.delivery.engine;

import io.switchhook.delivery.LaneKey;
import io.switchhook.event.Invariant;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in what the journal holds, in order, and puts each event into the lanes of the webhooks
 * that want it.
 */
final class RouteEvents {
  private static final int READ_MAX = 512;

  private final Board board;

  RouteEvents(Board board) {
    this.board = board;
  }

  /**
   * New records: routed at once when the reading is up to date, else read when their turn comes.
   */
  void appended(PartitionBook book, List<JournalRecord> records) {
    book.end = Math.max(book.end, records.getLast().offset() + 1);
    if (!book.reading
        && mayRead(book)
        && records.getFirst().offset() == book.window.readPosition()) {
      routeAll(book, records);
    } else {
      board.booksToRead.add(book);
    }
  }

  /** What was read. While the partition is held it is read again later. */
  void read(PartitionBook book, long from, List<JournalRecord> records) {
    book.reading = false;
    if (!book.held && !records.isEmpty()) {
      Invariant.check(
          from == book.window.readPosition(), "a partition is read on from where it stopped");
      routeAll(book, records);
    }
  }

  /** The journal has lost what comes next. */
  void gap(PartitionBook book, long nextOffset) {
    book.reading = false;
    book.gapTo = nextOffset;
    board.booksToRead.add(book);
  }

  /** Reads on where there is more and room for it. */
  void readOn() {
    for (var books = board.booksToRead.iterator(); books.hasNext(); ) {
      var book = books.next();
      readOn(book);
      if (!book.reading && book.window.readPosition() >= book.end) {
        books.remove();
      }
    }
  }

  private void readOn(PartitionBook book) {
    if (book.gapTo != null) {
      if (book.window.size() > 0) {
        return;
      }
      book.window.skipTo(book.gapTo);
      book.end = Math.max(book.end, book.gapTo);
      book.gapTo = null;
      board.commitSoon(book);
    }
    if (!book.reading && book.window.readPosition() < book.end && mayRead(book)) {
      book.reading = true;
      var room = board.settings.windowOffsets() - book.window.size();
      board.emit(
          new Effect.ReadPartition(
              book.partition, book.window.readPosition(), (int) Math.min(READ_MAX, room)));
    }
  }

  private boolean mayRead(PartitionBook book) {
    return !book.held
        && book.gapTo == null
        && !board.stopping
        && book.window.size() < board.settings.windowOffsets()
        && board.bytesAtHand < board.settings.memoryBytes();
  }

  private void routeAll(PartitionBook book, List<JournalRecord> records) {
    for (var record : records) {
      Invariant.check(
          record.offset() == book.window.readPosition(),
          "the records of a partition come one after the other");
      route(book, record);
    }
    board.commitSoon(book);
  }

  private void route(PartitionBook book, JournalRecord record) {
    if (!record.kind().isEvent()) {
      book.window.routed(0);
      return;
    }
    var entries = board.catalog.of(record.call().company());
    var call = heard(book, record);
    var wanted = new ArrayList<WebhookId>(entries.size());
    var disabled = new ArrayList<WebhookId>(0);
    var fields = LogFields.of(record);
    var uncovered = 0;
    for (var entry : entries) {
      switch (Router.route(entry, record, fields)) {
        case NOT_FOR_IT -> {}
        case WANTED -> {
          wanted.add(entry.webhook().id());
          uncovered += putIntoLane(entry, lane(call, entry, book, record), record);
        }
        case DISABLED -> {
          disabled.add(entry.webhook().id());
          passDisabled(lane(call, entry, book, record), record);
        }
      }
    }
    book.window.routed(uncovered);
    board.emit(new Effect.Routed(record, wanted, disabled));
  }

  private Calls.Call heard(PartitionBook book, JournalRecord record) {
    var call = board.calls.findOrAdd(book.partition, record.call());
    if (record.sequence() == 1) {
      call.heardFromTheFirst = true;
      for (var lane : call.lanes) {
        lane.routedFirstOfCall(record.offset());
        board.offer(lane);
      }
    } else if (record.sequence() != call.lastSequence + 1) {
      call.heardFromTheFirst = false;
    }
    call.lastSequence = record.sequence();
    return call;
  }

  private Lane lane(Calls.Call call, Entry entry, PartitionBook book, JournalRecord record) {
    var lane = call.find(entry.webhook().id());
    if (lane == null) {
      lane =
          new Lane(
              new LaneKey(entry.webhook().id(), record.call()),
              book,
              board.gate(entry.webhook().id()));
      lane.head = record.offset();
      lane.readFrom = record.offset();
      lane.unreadBound = record.offset();
      var known = call.heardFromTheFirst ? 0 : Lane.UNKNOWN;
      lane.headPrevious = known;
      lane.tailPrevious = known;
      call.lanes.add(lane);
    }
    return lane;
  }

  /** Returns how many uncovered deliveries this made: one or none. */
  private int putIntoLane(Entry entry, Lane lane, JournalRecord record) {
    if (record.offset() < lane.head) {
      return 0; // read again after a restart: the lane's row says that it is terminal
    }
    if (lane.covered && waitsInJournal(lane)) {
      lane.leaveInJournal(record.offset());
      board.offer(lane);
      return 0;
    }
    lane.enqueue(Item.routed(record, board.freshness.expiresAt(entry, record)));
    board.bytesAtHand += record.body().size();
    lane.gate.lanes.add(lane);
    lane.book.settled.remove(lane);
    if (lane.queue.size() >= board.settings.waitingMax()) {
      lane.wantsRow = true;
      lane.book.changed.add(lane);
    }
    board.offer(lane);
    if (lane.covered) {
      return 0;
    }
    lane.book.pendingUncovered(lane, board.now);
    return 1;
  }

  private boolean waitsInJournal(Lane lane) {
    return lane.hasUnread()
        || lane.nextAt != null
        || lane.queue.size() >= board.settings.waitingMax();
  }

  private static void passDisabled(Lane lane, JournalRecord record) {
    if (record.offset() < lane.head) {
      return;
    }
    if (!lane.hasUnread()) {
      lane.enqueueDisabled(record.offset(), record.sequence());
    } else {
      lane.leaveInJournal(record.offset());
    }
  }
}
