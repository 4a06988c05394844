package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/*
 * Makes what the engine knows durable, a partition at a time.
 *
 * A commit says, in the order in which a store carries it out:
 *   1. rows of lanes whose call is behind its reader, and give-ups;
 *   2. cursors of feeds that read for themselves: the lowest offset that is pending there and not covered by a row;
 *   3. the watermark: the same of the crowd;
 *   4. cursors to delete: of feeds that are over, or that the crowd's cursor stands for again;
 *   5. rows to delete: of lanes with nothing pending, all of whose terminal events are below their reader's cursor, which may be
 *      the crowd's since (4).
 *
 * So at every moment, also between two of these, each delivery that is not terminal is at or after its stored cursor: (1) only
 * adds cursors that are at or before what is pending; (2) and (3) only pass what is terminal or covered by what came before;
 * (4) and (5) only take away what the other cursors say as well.
 */
/** Builds commits and takes note of what became durable. */
final class CommitCursors {
  private final Board board;
  private final Map<Integer, UnderWay> underWay = new HashMap<>();

  private final DetachWebhooks detachWebhooks;
  private final Replays replays;

  private record UnderWay(
      long watermark, List<PartitionBook.PendingGiveUp> giveUps, List<GiveUp> unread) {}

  CommitCursors(Board board, DetachWebhooks detachWebhooks, Replays replays) {
    this.board = board;
    this.detachWebhooks = detachWebhooks;
    this.replays = replays;
  }

  /** How many partitions have a commit that has not ended. */
  int underWay() {
    return underWay.size();
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
    detachWebhooks.relieve(book, board.stopping ? null : board.now.minus(board.patience()));
    detachWebhooks.bringBack(book);
    var pending = List.copyOf(book.giveUps);
    var unread = List.copyOf(book.unreadGiveUps);
    var commit =
        new CursorCommit(
            book.partition,
            book.epoch,
            rowsToPut(book),
            giveUpsToPut(book),
            feedsToPut(book),
            book.crowd.window.base(),
            rowsToDelete(book),
            List.copyOf(book.orphanFeeds),
            board.now);
    book.orphanFeeds.clear();
    if (saysNothing(commit) && commit.watermark() == book.watermark()) {
      replays.tellEnds(book);
      tellRetired(book);
      if (!board.stopping && hasMoreToSay(book)) {
        board.commitSoon(book);
      }
      return;
    }
    book.commitUnderWay = true;
    underWay.put(book.partition, new UnderWay(commit.watermark(), pending, unread));
    board.emit(new Effect.Commit(commit));
  }

  private static boolean saysNothing(CursorCommit commit) {
    return commit.putLanes().isEmpty()
        && commit.putGiveUps().isEmpty()
        && commit.putFeeds().isEmpty()
        && commit.deleteLanes().isEmpty()
        && commit.deleteFeeds().isEmpty();
  }

  /** Each record once: of one that has grown since the last commit, the last. */
  private static List<GiveUp> giveUpsToPut(PartitionBook book) {
    var puts = new LinkedHashMap<List<Object>, GiveUp>();
    for (var pending : book.giveUps) {
      if (pending.record() != null) {
        puts.put(key(pending.record()), pending.record());
      }
    }
    book.unreadGiveUps.forEach(giveUp -> puts.put(key(giveUp), giveUp));
    book.toldByReplay.forEach(told -> puts.put(key(told), told));
    book.giveUps.clear();
    book.unreadGiveUps.clear();
    book.toldByReplay.clear();
    return List.copyOf(puts.values());
  }

  private static List<Object> key(GiveUp giveUp) {
    return List.of(giveUp.webhook(), giveUp.offset(), giveUp.isOfOne());
  }

  private static List<FeedCursor> feedsToPut(PartitionBook book) {
    var cursors = new ArrayList<FeedCursor>();
    for (var reader : book.feeds.values()) {
      var feed = reader.feed();
      if (feed != null && reader.hasMoved()) {
        cursors.add(reader.toCursor(feed));
      }
    }
    return cursors;
  }

  private List<LaneRow> rowsToPut(PartitionBook book) {
    var rows = new ArrayList<LaneRow>();
    var later = new ArrayList<Lane>();
    for (var lane : book.changed) {
      if (lane.givenUpInPassing && lane.wantsRow) {
        later.add(lane);
        continue;
      }
      if (lane.covered || lane.wantsRow) {
        cover(lane);
        var row = lane.toRow();
        if (!row.equals(lane.storedRow)) {
          rows.add(row);
          book.orphans.remove(row.key()); // a replay that begins anew goes on with this row
          lane.storedRow = row;
        }
      }
      if (lane.isSettled() && !lane.covered) {
        forget(lane);
      }
    }
    book.changed.clear();
    book.changed.addAll(later);
    return rows;
  }

  /** From this commit on a row says where the lane is: nothing of it holds the watermark. */
  private void cover(Lane lane) {
    lane.wantsRow = false;
    if (!lane.covered) {
      lane.covered = true;
      lane.pendingOffsets().forEach(lane.reader.window::close);
      lane.reader.notPendingUncovered(lane);
      board.behind(lane);
      board.forgetQueue(lane);
      board.wakeReaders(lane.gate);
    } else if (lane.nextAt != null) {
      board.forgetQueue(lane);
    }
    if (lane.isSettled() && lane.nextAt == null && lane.attempts == 0) {
      lane.book.settled.add(lane);
    }
  }

  /** A lane with nothing pending and without a row is no longer counted among those behind. */
  private void forget(Lane lane) {
    board.notBehind(lane);
    if (!lane.isLive() && lane.isIdle()) {
      board.calls.remove(lane);
    }
    board.wakeReaders(lane.gate);
    board.wakeBelowFloor(lane);
    lane.gate.detached.forEach(reader -> board.commitSoon(reader.book));
  }

  private List<LaneKey> rowsToDelete(PartitionBook book) {
    var keys = new ArrayList<>(book.orphans);
    book.orphans.clear();
    for (var lanes = book.settled.iterator(); lanes.hasNext(); ) {
      var lane = lanes.next();
      if (!lane.isSettled()) {
        lanes.remove();
      } else if (lane.head <= lane.reader.window.base()) {
        lanes.remove();
        keys.add(lane.key);
        lane.covered = false;
        lane.storedRow = null;
        forget(lane);
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
    book.crowd.stored = done.watermark();
    for (var pending : done.giveUps()) {
      pending.lane().unsavedGiveUps--;
      pending.lane().givenUpInPassing &= pending.lane().unsavedGiveUps > 0;
      if (pending.record() != null) {
        board.emit(
            new Effect.GaveUp(
                pending.lane().key.webhook(),
                pending.item().event(),
                pending.reason(),
                pending.at()));
      }
      board.offerWithOthers(pending.lane());
    }
    done.unread().forEach(giveUp -> saved(book, giveUp));
    board.emit(new Effect.Committed(book.partition, done.watermark()));
    replays.tellEnds(book);
    tellRetired(book);
    if (!book.giveUps.isEmpty()) {
      board.commitNow(book);
    } else if (hasMoreToSay(book)) {
      board.commitSoon(book);
    }
  }

  private void saved(PartitionBook book, GiveUp unread) {
    board.emit(new Effect.GaveUpUnread(unread));
    var reader = book.feeds.get(Feed.live(unread.webhook()));
    if (reader != null) {
      reader.unsavedGiveUps = Math.max(0, reader.unsavedGiveUps - 1);
      board.readersToRead.add(reader);
    }
  }

  /** Says that nothing below the floor is pending, once that is durable. */
  private void tellRetired(PartitionBook book) {
    if (book.floorTold >= book.floor
        || book.readers().stream().anyMatch(reader -> reader.stored < book.floor)) {
      return;
    }
    for (var gate : board.gates.values()) {
      for (var lane : gate.lanes) {
        if (lane.book == book && lane.storedRow != null && lane.storedRow.head() < book.floor) {
          return;
        }
      }
    }
    book.floorTold = book.floor;
    board.emit(new Effect.Retired(book.partition, book.floor));
  }

  private static boolean hasPendingUncovered(PartitionBook book) {
    return book.readers().stream().anyMatch(Reader::hasPendingUncovered);
  }

  private boolean hasMoreToSay(PartitionBook book) {
    return !book.changed.isEmpty()
        || !book.settled.isEmpty()
        || !book.orphans.isEmpty()
        || !book.orphanFeeds.isEmpty()
        || !book.toldByReplay.isEmpty()
        || hasPendingUncovered(book)
        || book.crowd.window.base() != book.watermark()
        || book.feeds.values().stream()
            .anyMatch(reader -> reader.hasMoved() || detachWebhooks.isAtCrowd(book, reader));
  }
}
