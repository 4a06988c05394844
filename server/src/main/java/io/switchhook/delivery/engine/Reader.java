package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.Replay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who reads a partition in the order of its offsets: the crowd, that is all webhooks that
 * keep up; a detached webhook; or a replay. Its cursor is the base of its window.
 */
final class Reader {
  /** Stands for a cursor that was never stored. */
  static final long NOWHERE = -1;

  final PartitionBook book;

  /** Whose events are read; null for the crowd. */
  final @Nullable Gate gate;

  /** What is told again; null for what happens. */
  final @Nullable Replay replay;

  final Window window;

  /**
   * Of a replay: what its webhook wanted from here on had yet to be told by itself when the replay
   * began.
   */
  final long toldByItselfFrom;

  boolean reading;

  /** How many new lanes a read that is under way may bring. */
  int reserved;

  /** The cursor as the last commit has put it. */
  long stored = NOWHERE;

  /** Of a replay: how many of its events are terminal, and how many the last commit said. */
  long done;

  long storedDone;

  /** Give-ups of what it passed unread and that are not durable: nothing is read on before. */
  int unsavedGiveUps;

  /** Its end was told. */
  boolean endTold;

  /** The give-up that grows while everything that comes is given up for the same reason. */
  @Nullable GiveUp growing;

  /** Uncovered lanes with something pending, the longest pending first. */
  private final Map<Lane, Boolean> uncovered = new LinkedHashMap<>();

  private Reader(
      PartitionBook book, @Nullable Gate gate, @Nullable Replay replay, long readPosition) {
    this.book = book;
    this.gate = gate;
    this.replay = replay;
    this.window = new Window(readPosition);
    this.toldByItselfFrom =
        gate == null || replay == null
            ? Long.MAX_VALUE
            : book.readerOf(gate.webhook).window.readPosition();
  }

  /** All webhooks that keep up. */
  static Reader crowd(PartitionBook book, long watermark) {
    return new Reader(book, null, null, watermark);
  }

  /** A detached webhook. */
  static Reader detached(PartitionBook book, Gate gate, long readPosition) {
    return new Reader(book, gate, null, readPosition);
  }

  /** A replay. */
  static Reader replay(PartitionBook book, Gate gate, Replay replay, long readPosition) {
    return new Reader(book, gate, replay, readPosition);
  }

  boolean isCrowd() {
    return gate == null;
  }

  /** True for a detached webhook. */
  boolean isDetached() {
    return gate != null && replay == null;
  }

  /** What it is stored as; null for the crowd. */
  @Nullable Feed feed() {
    if (gate == null) {
      return null;
    }
    return replay == null ? Feed.live(gate.webhook) : replay.feed();
  }

  /** Up to where there is something to read. */
  long end() {
    if (replay != null) {
      return replay.end(book.partition);
    }
    return gate == null ? book.end : book.crowd.window.readPosition();
  }

  boolean isBehind() {
    return window.readPosition() < end();
  }

  /** A lane without a row has something pending now. */
  void pendingUncovered(Lane lane, Instant now) {
    if (uncovered.putIfAbsent(lane, Boolean.TRUE) == null) {
      lane.pendingSince = now;
    }
  }

  /** A lane without a row has nothing pending any more, or has got a row. */
  void notPendingUncovered(Lane lane) {
    uncovered.remove(lane);
  }

  boolean hasPendingUncovered() {
    return !uncovered.isEmpty();
  }

  /** Uncovered lanes that have been pending since then or longer; all of them for {@code null}. */
  List<Lane> pendingSince(@Nullable Instant latest) {
    var found = new ArrayList<Lane>();
    for (var lane : uncovered.keySet()) {
      if (latest != null && lane.pendingSince.isAfter(latest)) {
        break;
      }
      found.add(lane);
    }
    return found;
  }

  /** What is pending of these lanes without a row is pending here from now on. */
  void takeOver(List<Lane> lanes, Reader former) {
    var moved = new ArrayList<Lane>();
    for (var lane : lanes) {
      if (former.uncovered.remove(lane) != null) {
        lane.pendingOffsets().forEach(window::open);
        lane.pendingOffsets().forEach(former.window::close);
        moved.add(lane);
      }
      lane.reader = this;
    }
    moved.addAll(uncovered.keySet());
    moved.sort(Comparator.comparing(lane -> lane.pendingSince));
    uncovered.clear();
    moved.forEach(lane -> uncovered.put(lane, Boolean.TRUE));
  }

  /** True when the next commit has to put the cursor. */
  boolean hasMoved() {
    return gate != null && (stored != window.base() || storedDone != done);
  }

  /** The cursor as it is to be stored now. */
  FeedCursor toCursor(Feed feed) {
    stored = window.base();
    storedDone = done;
    return new FeedCursor(feed, stored, done);
  }

  /** Nothing of it is pending, and nothing is to be read. */
  boolean isAtEnd() {
    return !isBehind() && !reading && window.size() == 0;
  }
}
