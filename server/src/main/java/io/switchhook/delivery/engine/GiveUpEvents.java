package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.Kind;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.webhook.WebhookSettings.Superseded;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events may not be told any more, and gives them up: durably, before anything later
 * of their call is told.
 */
final class GiveUpEvents {
  private final Board board;

  GiveUpEvents(Board board) {
    this.board = board;
  }

  /** Gives up the events at the head that may not be told any more; true when there were some. */
  boolean giveUpWhatIsTooLate(Lane lane, Entry entry) {
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

  /** Why an event that was taken out of, or not yet put into, its lane may not be told; or null. */
  @Nullable Reason tooLate(Lane lane, Entry entry, Item item) {
    if (item.offset() < lane.book.floor) {
      return Reason.RETENTION;
    }
    if (lane.isLive() && Router.isDisabledAfter(entry, lane.book.partition, item.offset())) {
      return Reason.DISABLED;
    }
    if (!item.expiresAt().isAfter(board.now)) {
      return Reason.EXPIRED;
    }
    return lane.isLive() && isSuperseded(lane, entry, item) ? Reason.SUPERSEDED : null;
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
  void giveUp(Lane lane, Item item, Reason reason) {
    lane.gaveUp(item);
    closed(lane, item);
    lane.wantsRow = true;
    lane.book.changed.add(lane);
    lane.reader.growing = null;
    record(lane, item, reason, lane.isLive() ? recordOf(lane, item, reason) : null);
  }

  /**
   * Gives up an event that comes from the journal while nothing before it is pending at its reader:
   * the reader's cursor passes it in the commit that records it, so its lane needs no row.
   */
  void giveUpInPassing(Lane lane, Item item, Reason reason) {
    lane.enqueue(item);
    lane.gaveUp(lane.queue.removeFirst());
    lane.givenUpInPassing = true;
    lane.book.changed.add(lane);
    record(lane, item, reason, grow(lane, item, reason));
  }

  private void record(Lane lane, Item item, Reason reason, @Nullable GiveUp record) {
    lane.unsavedGiveUps++;
    lane.book.giveUps.add(new PartitionBook.PendingGiveUp(lane, item, reason, board.now, record));
    board.commitNow(lane.book);
  }

  private GiveUp recordOf(Lane lane, Item item, Reason reason) {
    return new GiveUp(lane.key.webhook(), lane.book.partition, item.offset(), reason, board.now);
  }

  private @Nullable GiveUp grow(Lane lane, Item item, Reason reason) {
    if (!lane.isLive()) {
      return null;
    }
    var growing = lane.reader.growing;
    var from = growing != null && growing.reason() == reason ? growing.offset() : item.offset();
    var grown =
        new GiveUp(
            lane.key.webhook(), lane.book.partition, from, item.offset() + 1, reason, board.now);
    lane.reader.growing = grown;
    return grown;
  }

  /** An event is terminal: it is not at hand any more, and no longer holds a cursor. */
  void closed(Lane lane, Item item) {
    board.forgetBytes(item);
    lane.reader.done += lane.isLive() ? 0 : 1;
    lane.book.ended(lane.key.feed(), item.offset());
    if (!lane.covered) {
      lane.reader.window.close(item.offset());
      if (lane.queue.isEmpty()) {
        lane.reader.notPendingUncovered(lane);
      }
      board.wakeReaders(lane.gate);
      board.wakeBelowFloor(lane);
    }
  }

  /** The journal lets go of what is below: what is pending there is given up. */
  void raiseFloor(PartitionBook book, long floor) {
    if (floor <= book.floor) {
      return;
    }
    book.floor = floor;
    for (var gate : board.gates.values()) {
      gate.lanes.stream().filter(lane -> lane.book == book).forEach(board::offer);
    }
    board.readersToRead.addAll(book.readers());
    board.commitSoon(book);
  }

  /** What nobody has read and the journal lets go of is given up in one record. */
  void giveUpUnread(Reader reader, long floor) {
    var from = reader.window.readPosition();
    if (reader.gate != null && reader.isDetached()) {
      reader.book.unreadGiveUps.add(
          new GiveUp(
              reader.gate.webhook,
              reader.book.partition,
              from,
              floor,
              Reason.RETENTION,
              board.now));
      reader.unsavedGiveUps++;
      board.calls.forgetThreads(reader);
      reader.book.missed(Feed.live(reader.gate.webhook), floor);
    }
    reader.growing = null;
    // A replay that has come to its end is moved on beyond it: its cursor may hold no day.
    reader.window.skipTo(reader.replay == null ? floor : reader.book.floor);
    board.commitNow(reader.book);
  }
}
