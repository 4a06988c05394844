package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.event.Invariant;
import io.switchhook.journal.JournalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads partitions on, each reader as far as there is room for what it brings. */
final class ReadJournal {
  private static final int READ_MAX = 512;

  /**
   * The crowd reads when so large a part of its window is free: a read for one record costs as much
   * as one for many.
   */
  private static final int PAGES_OF_WINDOW = 4;

  private static final int FEED_READ_MAX = 128;

  /** Of what is told again: composing many at one go keeps what happens waiting. */
  private static final int REPLAY_READ_MAX = 16;

  private final Board board;
  private final RouteEvents routeEvents;
  private final DetachWebhooks detachWebhooks;
  private final GiveUpEvents giveUpEvents;
  private final Replays replays;

  ReadJournal(
      Board board, DetachWebhooks detachWebhooks, GiveUpEvents giveUpEvents, Replays replays) {
    this.board = board;
    this.routeEvents = new RouteEvents(board, detachWebhooks, giveUpEvents, replays);
    this.detachWebhooks = detachWebhooks;
    this.giveUpEvents = giveUpEvents;
    this.replays = replays;
  }

  /** New records: routed at once when the crowd is up to date, else read when their turn comes. */
  void appended(PartitionBook book, List<JournalRecord> records) {
    book.end = Math.max(book.end, records.getLast().offset() + 1);
    board.arrivals.count(records.size(), board.now);
    var crowd = book.crowd;
    if (!crowd.reading
        && crowdMayRead(book)
        && records.getFirst().offset() == crowd.window.readPosition()) {
      route(crowd, records, GiveUps.none());
    } else {
      board.readersToRead.add(crowd);
    }
  }

  /** What was read. While the partition is held it is read again later. */
  void read(PartitionBook book, Input.PartitionRead read) {
    var reader = ended(book, read.feed());
    if (reader != null && !book.held && !read.records().isEmpty()) {
      Invariant.check(
          read.from() == reader.window.readPosition(),
          "a partition is read on from where it stopped");
      route(reader, read.records(), read.giveUps());
    }
  }

  /** The journal has nothing more of what comes next. */
  void gap(PartitionBook book, Input.PartitionGap gap) {
    var reader = ended(book, gap.feed());
    if (reader == book.crowd) {
      book.gapTo = gap.nextOffset();
    }
    giveUpEvents.raiseFloor(book, gap.nextOffset());
  }

  private @Nullable Reader ended(PartitionBook book, @Nullable Feed feed) {
    var reader = feed == null ? book.crowd : book.feeds.get(feed);
    if (reader != null) {
      reader.reading = false;
      if (reader.gate != null) {
        reader.gate.release(reader);
        board.wakeReaders(reader.gate);
      }
      board.readersToRead.add(reader);
    }
    return reader;
  }

  private void route(Reader reader, List<JournalRecord> records, GiveUps giveUps) {
    for (int i = 0; i < records.size(); i++) {
      Invariant.check(
          records.get(i).offset() == reader.window.readPosition() + i,
          "the records of a partition come one after the other");
    }
    routeEvents.routeAll(reader, records, giveUps);
    if (reader.isCrowd()) {
      board.readersToRead.addAll(reader.book.feeds.values());
    }
  }

  /** Reads on where there is more and room for it. */
  void readOn() {
    for (var reader : List.copyOf(board.readersToRead)) {
      skipWhatIsGone(reader);
      replays.letGoOnWhenCaughtUp(reader);
      if (reader.reading || !reader.isBehind() || waitsForWhatGoes(reader)) {
        board.readersToRead.remove(reader);
      } else if (reader.gate == null) {
        readCrowdOn(reader);
      } else {
        readFeedOn(reader, reader.gate);
      }
    }
  }

  private void skipWhatIsGone(Reader reader) {
    if (reader.reading || reader.window.size() > 0) {
      return;
    }
    var book = reader.book;
    if (!reader.isCrowd()) {
      var hasWhatGoes =
          reader.window.readPosition() < book.floor && (reader.isBehind() || reader.replay != null);
      if (hasWhatGoes && rowsBelowFloor(reader).isEmpty()) {
        giveUpEvents.giveUpUnread(reader, Math.min(book.floor, reader.end()));
      }
    } else if (book.gapTo != null) {
      reader.window.skipTo(book.gapTo);
      book.end = Math.max(book.end, book.gapTo);
      book.gapTo = null;
      board.readersToRead.addAll(book.feeds.values());
      board.commitSoon(book);
    }
  }

  /**
   * Lanes that would, after a restart, read what is given up unread: their rows say that they have
   * what lies between their head and the cursor.
   */
  private static List<Lane> rowsBelowFloor(Reader reader) {
    return reader.gate == null || !reader.isDetached()
        ? List.of()
        : reader.gate.liveLanesIn(reader.book).stream()
            .filter(lane -> lane.head < reader.book.floor)
            .toList();
  }

  /**
   * True until the rows of such lanes are gone, and what was given up is durable. A row ahead of
   * its reader goes when it is passed.
   */
  private static boolean waitsForWhatGoes(Reader reader) {
    if (reader.unsavedGiveUps > 0) {
      return true;
    }
    if (reader.window.readPosition() >= reader.book.floor) {
      return false;
    }
    var lanes = rowsBelowFloor(reader);
    return !lanes.isEmpty() && lanes.stream().noneMatch(Lane::isAheadOfReader);
  }

  private void readCrowdOn(Reader crowd) {
    if (crowdMayRead(crowd.book) && hasRoomForPage(crowd)) {
      emitRead(crowd, (int) Math.min(READ_MAX, room(crowd)));
    } else if (!crowd.book.held && !board.stopping) {
      makeRoomFor(crowd);
    }
  }

  private long room(Reader crowd) {
    return board.crowdWindow() - crowd.window.size();
  }

  /** True for all that is left, or for a page that is worth a read of its own. */
  private boolean hasRoomForPage(Reader crowd) {
    long left = crowd.end() - crowd.window.readPosition();
    int page = Math.clamp(board.crowdWindow() / PAGES_OF_WINDOW, 1, READ_MAX);
    return room(crowd) >= Math.min(left, page);
  }

  private boolean crowdMayRead(PartitionBook book) {
    return !book.held
        && !board.stopping
        && book.gapTo == null
        && room(book.crowd) > 0
        && board.bytesAtHand < board.settings.memoryBytes();
  }

  /** The crowd cannot go on: whoever holds it up, or holds too much in memory, is put aside. */
  private void makeRoomFor(Reader crowd) {
    if (!hasRoomForPage(crowd)) {
      commitIf(detachWebhooks.makeRoom(crowd.book), crowd.book);
    } else if (board.bytesAtHand >= board.settings.memoryBytes() && !board.isLate()) {
      board.books.values().forEach(book -> commitIf(detachWebhooks.giveRows(book), book));
    }
  }

  private void commitIf(boolean hasMoreToSay, PartitionBook book) {
    if (hasMoreToSay) {
      board.commitNow(book);
    }
  }

  private void readFeedOn(Reader reader, Gate gate) {
    // What happens waits for a replay that is catching up, and may itself be what takes the memory.
    var isCatchingUp = reader.replay != null && reader.book.catchingUp.contains(gate.webhook);
    if (reader.book.held || board.stopping || (board.isShortOfMemory() && !isCatchingUp)) {
      return;
    }
    var behindCrowd = reader.book.crowd.window.readPosition() - reader.window.readPosition();
    if (behindCrowd <= 0) {
      // Of what the crowd has yet to read nobody knows what of it is told by itself.
      board.readersToRead.remove(reader);
      return;
    }
    var line = gate.line(reader);
    var room = isCatchingUp ? FEED_READ_MAX : gate.roomForMore(line, board.now);
    if (room == 0 && gate.hasPlace(board.now) && isBehindItsRows(reader, gate)) {
      room = 1;
    }
    var aheadMax = reader.replay == null ? board.settings.windowOffsets() : Replays.AHEAD_MAX;
    var ahead = aheadMax - reader.window.size();
    if (room == 0 || ahead <= 0) {
      board.readersToRead.remove(reader);
      line.waitingReaders.add(reader);
      return;
    }
    var pageMax = reader.replay == null || isCatchingUp ? FEED_READ_MAX : REPLAY_READ_MAX;
    var max = (int) Math.min(Math.min(room, pageMax), Math.min(ahead, behindCrowd));
    gate.reserve(reader, max);
    emitRead(reader, max);
  }

  /**
   * True when a crash left rows ahead of the cursor. Their lanes wait for it, so it goes on also
   * when there is no room for more; what it reads up to there it had read before.
   */
  private static boolean isBehindItsRows(Reader reader, Gate gate) {
    return reader.isDetached()
        && gate.liveLanesIn(reader.book).stream().anyMatch(Lane::isAheadOfReader);
  }

  private void emitRead(Reader reader, int max) {
    reader.reading = true;
    var rest = reader.end() - reader.window.readPosition();
    board.readersToRead.remove(reader);
    board.emit(
        new Effect.ReadPartition(
            reader.book.partition,
            reader.feed(),
            reader.window.readPosition(),
            (int) Math.min(max, rest)));
  }
}
