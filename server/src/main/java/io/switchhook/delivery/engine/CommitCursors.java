package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/*
 * Makes what the engine knows durable, a partition at a time.
 *
 * A commit says, in the order in which a store carries it out:
 *   1. rows of lanes whose call is behind the crowd, and give-ups;
 *   2. the watermark: the lowest offset that is pending and not covered by a row, this commit's rows counted;
 *   3. rows to delete: of lanes with nothing pending, all of whose terminal events are below the watermark.
 *
 * So at every moment, also between two of these, each delivery that is not terminal is at or after its stored cursor: (1) only
 * adds cursors that are at or before what is pending; (2) only passes what is terminal or covered by (1); (3) only takes away
 * rows that say nothing which the watermark does not say.
 */
/** Builds commits and takes note of what became durable. */
final class CommitCursors {
  private final Board board;
  private final Map<Integer, UnderWay> underWay = new HashMap<>();

  private record UnderWay(long watermark, List<PartitionBook.PendingGiveUp> giveUps) {}

  CommitCursors(Board board) {
    this.board = board;
  }

  /** Starts the commits that are due. */
  void commitWhatIsDue() {
    for (var book = board.commitsDue.peek();
        book != null && book.commitDueAt != null && !book.commitDueAt.isAfter(board.now);
        book = board.commitsDue.peek()) {
      board.commitsDue.remove();
      book.commitDueAt = null;
      if (!book.commitUnderWay) {
        commit(book);
      }
    }
  }

  private void commit(PartitionBook book) {
    book.outcomesSinceCommit = 0;
    book.wantRowsOfSlowLanes(board.now.minus(board.settings.patience()));
    var puts = rowsToPut(book);
    var giveUps = List.copyOf(book.giveUps);
    book.giveUps.clear();
    var watermark = book.window.base();
    var deletes = rowsToDelete(book, watermark);
    if (puts.isEmpty() && giveUps.isEmpty() && deletes.isEmpty() && watermark == book.watermark()) {
      if (book.hasPendingUncovered() || (!board.stopping && hasMoreToSay(book))) {
        board.commitSoon(book);
      }
      return;
    }
    book.commitUnderWay = true;
    underWay.put(book.partition, new UnderWay(watermark, giveUps));
    board.emit(
        new Effect.Commit(
            new CursorCommit(
                book.partition,
                book.epoch,
                puts,
                giveUps.stream().map(pending -> toGiveUp(book, pending)).toList(),
                watermark,
                deletes,
                board.now)));
  }

  private static GiveUp toGiveUp(PartitionBook book, PartitionBook.PendingGiveUp pending) {
    return new GiveUp(
        pending.lane().key.webhook(),
        book.partition,
        pending.item().offset(),
        pending.reason(),
        pending.at());
  }

  private List<LaneRow> rowsToPut(PartitionBook book) {
    var rows = new ArrayList<LaneRow>();
    for (var lane : book.changed) {
      if (lane.covered || lane.wantsRow) {
        cover(lane);
        var row = lane.toRow();
        if (!row.equals(lane.storedRow)) {
          rows.add(row);
          lane.storedRow = row;
        }
      }
      if (lane.isSettled() && !lane.covered) {
        lane.gate.lanes.remove(lane);
      }
    }
    book.changed.clear();
    return rows;
  }

  /** From this commit on a row says where the lane is: nothing of it holds the watermark. */
  private void cover(Lane lane) {
    lane.wantsRow = false;
    if (!lane.covered) {
      lane.covered = true;
      lane.queue.forEach(item -> lane.book.window.close(item.offset()));
      if (lane.inFlight != null) {
        lane.book.window.close(lane.inFlight.offset());
      }
      lane.book.notPendingUncovered(lane);
      lane.gate.lanes.add(lane);
      board.forgetQueue(lane);
    } else if (lane.nextAt != null) {
      board.forgetQueue(lane);
    }
    if (lane.isSettled() && lane.nextAt == null && lane.attempts == 0) {
      lane.book.settled.add(lane);
    }
  }

  private static List<LaneKey> rowsToDelete(PartitionBook book, long watermark) {
    var keys = new ArrayList<>(book.orphans);
    book.orphans.clear();
    for (var lanes = book.settled.iterator(); lanes.hasNext(); ) {
      var lane = lanes.next();
      if (!lane.isSettled()) {
        lanes.remove();
      } else if (lane.head <= watermark) {
        lanes.remove();
        keys.add(lane.key);
        lane.covered = false;
        lane.storedRow = null;
        lane.gate.lanes.remove(lane);
      }
    }
    return keys;
  }

  /** A commit is durable, or the partition belongs to somebody else. */
  void ended(PartitionBook book, Committed result) {
    book.commitUnderWay = false;
    var done = Objects.requireNonNull(underWay.remove(book.partition));
    if (result == Committed.FENCED) {
      board.books.remove(book.partition);
      board.emit(new Effect.Lost(book.partition));
      return;
    }
    book.watermarkStored(done.watermark());
    for (var pending : done.giveUps()) {
      pending.lane().blocked = false;
      board.emit(
          new Effect.GaveUp(
              pending.lane().key.webhook(),
              pending.item().event(),
              pending.reason(),
              pending.at()));
      board.offer(pending.lane());
    }
    board.emit(new Effect.Committed(book.partition, done.watermark()));
    if (!book.giveUps.isEmpty()) {
      board.commitNow(book);
    } else if (hasMoreToSay(book)) {
      board.commitSoon(book);
    }
  }

  private static boolean hasMoreToSay(PartitionBook book) {
    return !book.changed.isEmpty()
        || !book.settled.isEmpty()
        || !book.orphans.isEmpty()
        || book.hasPendingUncovered()
        || book.window.base() != book.watermark();
  }
}
