package io.switchhook.delivery.engine;

import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A lane in memory: the deliveries of one call to one webhook, in order.
 *
 * The lane knows three places in its call, each an offset of the partition:
 *
 *      terminal          at hand               to be read            not routed yet
 *   ─────────────┬─────────────────────┬───────────────────────┬───────────────────────►
 *             head                  readFrom              unreadBound
 *
 * Below `head` every event is delivered or given up. From `head` to `readFrom` the events are in `inFlight` and `queue`. From
 * `readFrom` to `unreadBound` there may be events that only the journal holds; a lane has such events only while it is
 * covered, that is while a row in the store says where it begins.
 *
 * `headPrevious` and `skipped` are what the receiver is told about the story below `head`; `tailPrevious` and `tailDisabled`
 * are the same at `readFrom`, where the next event is going to be put.
 *
 * States: FLOWING (nothing stored), PARKED (`nextAt` is set), PROBING (in flight, after a failure), DRAINING (covered, with
 * events at hand or to be read). They are not a field: each is what the places say.
 */
final class Lane {
  /** Stands for a sequence that has yet to be looked up. */
  static final int UNKNOWN = -1;

  final LaneKey key;
  final PartitionBook book;
  final Calls.Call call;
  final Gate gate;

  /** Who reads the partition for it. */
  Reader reader;

  final ArrayDeque<Item> queue = new ArrayDeque<>();
  @Nullable Item inFlight;
  long head;
  long readFrom;
  long unreadBound;

  int headPrevious;
  int skipped;
  int tailPrevious;
  int tailDisabled;

  /**
   * Since the event that was put last, a uid came again: what is put next belongs to another call.
   */
  boolean tailOpensCall;

  /** Failed attempts of the event at the head. */
  int attempts;

  /** Set while parked: no attempt before. */
  @Nullable Instant nextAt;

  /** Parked by a failure of the receiver as a whole: due as soon as it answers again. */
  boolean parkedByOutage;

  /** Since when something of it is pending without a pause; meaningful while that is uncovered. */
  Instant pendingSince = Instant.EPOCH;

  /** When it last took a place; meaningful while something that was begun has yet to end. */
  Instant begunAt = Instant.EPOCH;

  /** A row is stored, or is put by the commit that is under way. */
  boolean covered;

  /** The next commit must put a row. */
  boolean wantsRow;

  @Nullable LaneRow storedRow;

  /** Give-ups that wait to be durable: nothing of the lane starts before. */
  int unsavedGiveUps;

  /**
   * What was given up is recorded by the commit that moves its reader's cursor past it: no row of
   * the lane may say so before.
   */
  boolean givenUpInPassing;

  boolean reading;
  boolean inReadyList;
  boolean inOverdueList;
  boolean dropped;

  /** Its replay is over: what is out is waited for, nothing more starts. */
  boolean isOver;

  Lane(LaneKey key, Calls.Call call, Gate gate, Reader reader) {
    this.key = key;
    this.book = reader.book;
    this.call = call;
    this.gate = gate;
    this.reader = reader;
  }

  /** The lane's events begin at this offset; nothing is known of what came before. */
  void beginAt(long offset) {
    head = offset;
    readFrom = offset;
    unreadBound = offset;
    headPrevious = UNKNOWN;
    tailPrevious = UNKNOWN;
  }

  /** A lane as it was stored: what is pending between its head and the cursor has to be read. */
  static Lane restored(LaneRow row, Calls.Call call, Gate gate, Reader reader) {
    var lane = new Lane(row.key(), call, gate, reader);
    lane.head = row.head();
    lane.readFrom = row.head();
    lane.unreadBound = Math.max(row.head(), reader.stored);
    lane.headPrevious = lane.isLive() ? row.previous() : UNKNOWN;
    lane.tailPrevious = lane.headPrevious;
    lane.skipped = row.skipped();
    lane.attempts = row.attempts();
    lane.nextAt = row.nextAt();
    lane.covered = true;
    lane.storedRow = row;
    return lane;
  }

  /** True for what happens; false for what a replay tells again. */
  boolean isLive() {
    return key.feed().isLive();
  }

  boolean hasUnread() {
    return readFrom < unreadBound;
  }

  /** True when nothing of the lane is pending. */
  boolean isSettled() {
    return inFlight == null && queue.isEmpty() && !hasUnread();
  }

  /** True when a crash left its row ahead of its reader, which has yet to read what it had read. */
  boolean isAheadOfReader() {
    return isSettled() && (attempts > 0 || head > reader.window.readPosition());
  }

  /** True when the lane can be forgotten: what it knows can be read again. */
  boolean isIdle() {
    return isSettled() && !covered && !wantsRow && unsavedGiveUps == 0 && !reading;
  }

  /** True when the lane could use a place among its webhook's attempts now. */
  boolean canWork() {
    return isFree()
        && !isOver
        && nextAt == null
        && (!queue.isEmpty() || hasUnread())
        && !waitsForOther();
  }

  /** True when nothing that was begun has yet to end. */
  boolean isFree() {
    return inFlight == null && !reading && unsavedGiveUps == 0 && !dropped;
  }

  /**
   * True while the same call is told to the same webhook by another feed: what happens waits until
   * all that is told again is terminal; what is told again waits for what is out.
   */
  boolean waitsForOther() {
    if (isLive() && book.catchingUp.contains(key.webhook())) {
      return true;
    }
    for (var other : call.lanes) {
      if (other != this && other.gate == gate) {
        if (other.isLive() ? !other.isFree() : !other.isSettled() || !other.isFree()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The lowest offset at which something may be pending. */
  long firstPending() {
    if (inFlight != null) {
      return inFlight.offset();
    }
    var first = queue.peekFirst();
    return first == null ? readFrom : first.offset();
  }

  /** True when something may be pending that the journal lets go of. */
  boolean isOverdue() {
    return firstPending() < book.floor && !isSettled();
  }

  /** True when nothing below is pending, as has just been read. */
  boolean hasPassed(long floor) {
    return inFlight == null && head < floor && firstPending() >= floor;
  }

  /** Begins anew there: what came before, and what comes, is looked up. Nothing is at hand. */
  void beginReadingAt(long floor) {
    unreadBound = Math.max(unreadBound, readFrom);
    head = floor;
    readFrom = floor;
    headPrevious = UNKNOWN;
    tailPrevious = UNKNOWN;
    tailDisabled = 0;
    tailOpensCall = false;
  }

  /** The offsets of what is at hand. */
  List<Long> pendingOffsets() {
    var offsets = new ArrayList<Long>(queue.size() + 1);
    if (inFlight != null) {
      offsets.add(inFlight.offset());
    }
    queue.forEach(item -> offsets.add(item.offset()));
    return offsets;
  }

  /** True when what came before the event to be told next has yet to be looked up. */
  boolean needsThread() {
    if (isLive()) {
      return headPrevious == UNKNOWN;
    }
    var first = queue.peekFirst();
    return first != null && first.previous() == UNKNOWN;
  }

  /** Below which offset that is to be looked up. */
  long threadEnd() {
    var first = queue.peekFirst();
    return isLive() || first == null ? head : first.offset();
  }

  /** An event was routed to this settled or working lane, to be kept in memory. */
  void enqueue(Item item) {
    if (isSettled()) {
      beginAgainAt(item.offset());
    }
    var before = isLive() || item.event().sequence() != 1 ? tailPrevious : 0;
    queue.add(item.after(before, tailDisabled, tailOpensCall));
    tailOpensCall = false;
    passed(item.offset());
    tailPrevious = sequenceAfter(item);
    tailDisabled = 0;
  }

  /** A replay leaves events out, so what came before each has to be looked up. */
  private int sequenceAfter(Item item) {
    return isLive() ? item.event().sequence() : UNKNOWN;
  }

  private void beginAgainAt(long offset) {
    head = Math.max(head, offset);
    if (headPrevious == UNKNOWN) {
      tailPrevious = UNKNOWN; // to be looked up from the call's first event on
    } else {
      headPrevious = tailPrevious;
      skipped = tailOpensCall ? tailDisabled : skipped + tailDisabled;
    }
    tailOpensCall = false;
    tailDisabled = 0;
  }

  /** The first event of the lane's call was routed, whether it matches or not. */
  void routedFirstOfCall(long offset) {
    if (offset < head || offset < readFrom) {
      return; // read again after a restart
    }
    if (covered) {
      leaveInJournal(offset);
      return;
    }
    beginCallAnew(offset);
    passed(offset);
  }

  /**
   * The call's first event is at this offset. A uid that comes again after the dedupe window is a
   * new call: it has nothing before it.
   */
  void beginCallAnew(long offset) {
    tailPrevious = 0;
    tailDisabled = 0;
    tailOpensCall = inFlight != null || !queue.isEmpty();
    if (!tailOpensCall) {
      head = offset;
      headPrevious = 0;
      skipped = 0;
    }
  }

  /** An event was routed to this lane that matched while the webhook was disabled. */
  void enqueueDisabled(long offset, int sequence) {
    passed(offset);
    tailPrevious = sequence;
    tailDisabled++;
  }

  /** Everything of the call up to this offset has been looked at. */
  void passed(long offset) {
    readFrom = Math.max(readFrom, offset + 1);
    unreadBound = Math.max(unreadBound, readFrom);
  }

  /** An event was routed that stays in the journal until the lane reads it. */
  void leaveInJournal(long offset) {
    unreadBound = Math.max(unreadBound, offset + 1);
  }

  /** What came before the next event is to be looked up anew. */
  void forgetThread() {
    if (isSettled()) {
      headPrevious = UNKNOWN;
      tailPrevious = UNKNOWN;
    }
  }

  /** What came before the head is known now. */
  void learnThread(int previous, int skippedBefore) {
    if (isLive()) {
      headPrevious = previous;
      skipped = skippedBefore;
    }
    if (tailPrevious == UNKNOWN && isLive()) {
      tailPrevious = previous;
    }
    var first = queue.peekFirst();
    if (first != null && first.previous() == UNKNOWN) {
      queue.removeFirst();
      queue.addFirst(first.withPrevious(previous));
    }
  }

  /** Forgets what is at hand but not in flight: the journal has it, and the row says from where. */
  void forgetQueue() {
    if (queue.isEmpty()) {
      return;
    }
    unreadBound = Math.max(unreadBound, readFrom);
    queue.clear();
    tailDisabled = 0;
    tailOpensCall = false;
    if (inFlight == null) {
      readFrom = head;
      headPrevious = isLive() ? headPrevious : UNKNOWN;
      tailPrevious = headPrevious;
    } else {
      readFrom = inFlight.offset() + 1;
      tailPrevious = sequenceAfter(inFlight);
    }
  }

  /** The event at the head was delivered. */
  void delivered(Item item) {
    settle(item);
    skipped = 0;
  }

  /** The event at the head was given up. */
  void gaveUp(Item item) {
    var wasUnknown = headPrevious == UNKNOWN;
    settle(item);
    skipped = skippedBefore(item) + 1;
    if (wasUnknown) {
      headPrevious = UNKNOWN; // nor is it known how many were given up before
      if (isSettled()) {
        tailPrevious = UNKNOWN;
      }
    }
  }

  /**
   * How many events of the call were given up between the last one told and the one at the head.
   */
  int skippedBefore(Item item) {
    return (item.opensCall() ? 0 : skipped) + item.disabledBefore();
  }

  private void settle(Item item) {
    head = item.offset() + 1;
    headPrevious = sequenceAfter(item);
    attempts = 0;
    nextAt = null;
  }

  /** The lane as it would be stored now. */
  LaneRow toRow() {
    var due = nextAt == null ? Instant.EPOCH : nextAt;
    return new LaneRow(key, head, attempts, due, headPrevious, skipped);
  }
}
