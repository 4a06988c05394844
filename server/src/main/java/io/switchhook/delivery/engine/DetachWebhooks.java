package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets a webhook that does not keep up read a partition at its own pace, so that it holds up nobody
 * else, and brings it back to the crowd when it has caught up.
 */
final class DetachWebhooks {
  private static final Duration LOOK_FOR_ROOM_EVERY = Duration.ofMillis(50);

  /** What is out for less does not keep a full window from going on for long. */
  private static final Duration OUT_FOR_LONG = Duration.ofMillis(250);

  private final Board board;

  DetachWebhooks(Board board) {
    this.board = board;
  }

  /** True when the crowd may not put another event into this webhook's lanes. */
  boolean isTooFarBehind(Gate gate, @Nullable Lane lane) {
    return gate.breaker.isOpen()
        || (gate.waiting() > board.settings.linePerWebhook() && holdsItselfUp(gate))
        || ((lane == null || !gate.lanes.contains(lane)) && gate.roomForLanes() == 0);
  }

  /**
   * True when what waits for this webhook waits for its receiver, for its pace while it catches up,
   * or for its company's share of what may be out. What waits although a place of its own is free
   * waits for this machine, or for others that have all places: reading apart would only give this
   * machine more to do.
   */
  private boolean holdsItselfUp(Gate gate) {
    return gate.breaker.isOpen()
        || (!board.isLate()
            && (!gate.hasPlace(board.now)
                || !gate.mayTell(board.now)
                || board.turns.hasItsShare(gate, board.now)));
  }

  /** From the crowd's read position on the webhook reads for itself. */
  void detach(PartitionBook book, Gate gate) {
    var reader = Reader.detached(book, gate, book.crowd.window.readPosition());
    book.feeds.put(Feed.live(gate.webhook), reader);
    board.reads(gate, reader);
    reader.takeOver(gate.liveLanesIn(book), book.crowd);
    board.emit(new Effect.Detached(book.partition, gate.webhook, true));
    board.commitNow(book);
  }

  /**
   * What has been pending since then or longer may not hold the crowd's cursor any longer. What is
   * out gets a row of its own; a webhook for which something merely waits is detached, and its own
   * cursor waits.
   *
   * @param latest null: whatever is pending
   * @return true when the next commit has more to say by it
   */
  boolean relieve(PartitionBook book, @Nullable Instant latest) {
    var any = false;
    for (var reader : book.readers()) {
      for (var lane : reader.pendingSince(latest)) {
        any |= relieve(book, lane);
      }
    }
    return any;
  }

  private boolean relieve(PartitionBook book, Lane lane) {
    if (lane.wantsRow) {
      return false;
    }
    if (!waitsInLine(lane) || book.hasEndedBehind(lane.key.feed(), lane.firstPending())) {
      giveRow(lane); // in line, too, when a restart would tell again what came behind it
      return true;
    }
    if (!lane.reader.isCrowd()) {
      return false;
    }
    if (board.stopping || holdsItselfUp(lane.gate)) {
      detach(book, lane.gate);
      return true;
    }
    if (!lane.pendingSince.isAfter(board.now.minus(board.longPatience()))) {
      giveRow(lane); // others of the crowd may have ended behind it
      return true;
    }
    return false;
  }

  /**
   * The crowd's window is full: who is out for long in its older half, or waits for its receiver
   * there, holds the crowd's cursor no longer.
   *
   * @return true when the next commit has more to say by it
   */
  boolean makeRoom(PartitionBook book) {
    if (book.roomLookedForAt.plus(LOOK_FOR_ROOM_EVERY).isAfter(board.now)) {
      return false;
    }
    book.roomLookedForAt = board.now;
    var half = book.crowd.window.base() + board.crowdWindow() / 2;
    var any = false;
    for (var lane : book.crowd.pendingSince(null)) {
      if (lane.firstPending() <= half && !waitsForThisMachine(lane)) {
        any |= relieve(book, lane);
      }
    }
    return any;
  }

  /** True for what its receiver has had no time to answer, or no chance to. */
  private boolean waitsForThisMachine(Lane lane) {
    return waitsInLine(lane)
        ? !holdsItselfUp(lane.gate)
        : !lane.isFree() && lane.begunAt.plus(OUT_FOR_LONG).isAfter(board.now);
  }

  /**
   * Whatever is pending gets a row, so that the next commit lets it go from memory.
   *
   * @return true when the next commit has more to say by it
   */
  boolean giveRows(PartitionBook book) {
    var any = false;
    for (var reader : book.readers()) {
      for (var lane : reader.pendingSince(null)) {
        any |= !lane.wantsRow;
        giveRow(lane);
      }
    }
    return any;
  }

  private static void giveRow(Lane lane) {
    lane.wantsRow = true;
    lane.book.changed.add(lane);
  }

  private static boolean waitsInLine(Lane lane) {
    return lane.isFree() && lane.nextAt == null && lane.attempts == 0 && !lane.waitsForOther();
  }

  /**
   * Brings back who has caught up. A commit is about to say so: the crowd's cursor is not moved.
   */
  void bringBack(PartitionBook book) {
    for (var feed : List.copyOf(book.feeds.keySet())) {
      var reader = book.feeds.get(feed);
      if (reader != null && hasCaughtUp(book, reader)) {
        book.feeds.remove(feed);
        book.orphanFeeds.add(feed);
        var gate = Objects.requireNonNull(reader.gate);
        board.isBack(gate, reader);
        gate.line(reader).waitingReaders.remove(reader);
        book.crowd.takeOver(gate.liveLanesIn(book), reader);
        board.readersToRead.remove(reader);
        board.emit(new Effect.Detached(book.partition, gate.webhook, false));
      }
    }
  }

  /**
   * The crowd's cursor is going to stand for the webhook's: it may neither be behind what the
   * webhook's own has passed, nor ahead of what is pending. What the webhook gave up is recorded
   * with its own cursor.
   */
  private boolean hasCaughtUp(PartitionBook book, Reader reader) {
    return isAtCrowd(book, reader)
        && book.giveUps.stream().noneMatch(giveUp -> giveUp.lane().gate == reader.gate)
        && reader.unsavedGiveUps == 0
        && reader.stored != Reader.NOWHERE
        && reader.stored <= book.crowd.window.base()
        && book.crowd.window.base() <= reader.window.base();
  }

  /** True when the webhook has read as far as the crowd and nothing keeps it apart. */
  boolean isAtCrowd(PartitionBook book, Reader reader) {
    return reader.isDetached()
        && !reader.reading
        && reader.window.readPosition() == book.crowd.window.readPosition()
        && reader.gate != null
        && reader.gate.isCalm(board.now);
  }
}
