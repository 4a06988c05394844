package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the journal holds into the lanes of the webhooks that want it: for the crowd each event
 * once for all, for a detached webhook its own.
 */
final class RouteEvents {
  private final Board board;
  private final DetachWebhooks detachWebhooks;
  private final GiveUpEvents giveUpEvents;
  private final Replays replays;

  RouteEvents(
      Board board, DetachWebhooks detachWebhooks, GiveUpEvents giveUpEvents, Replays replays) {
    this.board = board;
    this.replays = replays;
    this.detachWebhooks = detachWebhooks;
    this.giveUpEvents = giveUpEvents;
  }

  /** Records in a row, for whoever has read them. */
  void routeAll(Reader reader, List<JournalRecord> records, GiveUps giveUps) {
    var entry = reader.gate == null ? null : entryOf(reader);
    for (var record : records) {
      if (reader.gate == null) {
        forCrowd(reader.book, record);
      } else if (entry != null && reader.replay == null) {
        forDetached(reader, entry, record);
      } else if (entry != null) {
        forReplay(reader, entry, record, giveUps);
      }
    }
    board.commitSoon(reader.book);
  }

  private @Nullable Entry entryOf(Reader reader) {
    return reader.gate == null ? null : board.catalog.find(reader.gate.webhook).orElse(null);
  }

  /** Routes the next record for all webhooks that keep up. */
  private void forCrowd(PartitionBook book, JournalRecord record) {
    if (!record.kind().isEvent()) {
      book.crowd.window.routed(0);
      return;
    }
    var call = heard(book, record);
    var fields = LogFields.of(record);
    var entries = board.catalog.candidates(record, fields);
    var wanted = new ArrayList<WebhookId>(entries.size());
    var disabled = new ArrayList<WebhookId>(0);
    var uncovered = 0;
    for (var entry : entries) {
      switch (Router.route(entry, record, fields)) {
        case NOT_FOR_IT -> {}
        case WANTED -> {
          wanted.add(entry.webhook().id());
          uncovered += putUnlessDetached(book, call, new Wanted(entry, record, fields));
        }
        case DISABLED -> {
          disabled.add(entry.webhook().id());
          if (book.readerOf(entry.webhook().id()).isCrowd()) {
            passDisabled(lane(call, entry, book.crowd, record), record);
          }
        }
      }
    }
    book.crowd.window.routed(uncovered);
    board.emit(new Effect.Routed(record, wanted, disabled));
  }

  /** An event that a webhook wants. */
  private record Wanted(Entry entry, JournalRecord record, LogFields fields) {}

  private int putUnlessDetached(PartitionBook book, Calls.Call call, Wanted it) {
    var webhook = it.entry.webhook().id();
    if (!book.readerOf(webhook).isCrowd()) {
      return 0;
    }
    var gate = board.gate(webhook, it.record.call().company());
    if (detachWebhooks.isTooFarBehind(gate, call.find(Feed.live(webhook)))) {
      detachWebhooks.detach(book, gate);
      return 0;
    }
    return put(lane(call, it.entry, book.crowd, it.record), routed(it));
  }

  private Calls.Call heard(PartitionBook book, JournalRecord record) {
    var call = board.calls.findOrAdd(book.partition, record.call());
    if (record.sequence() == 1) {
      call.heardFromTheFirst = true;
      call.firstOffset = record.offset();
      for (var lane : call.lanes) {
        if (lane.isLive() && book.readerOf(lane.key.webhook()).isCrowd()) {
          lane.reader = book.crowd;
          lane.routedFirstOfCall(record.offset());
          board.offer(lane);
        }
      }
    } else if (record.sequence() != call.lastSequence + 1) {
      call.heardFromTheFirst = false;
    }
    call.lastSequence = record.sequence();
    return call;
  }

  /** Routes the next record for a detached webhook. */
  private void forDetached(Reader reader, Entry entry, JournalRecord record) {
    if (!record.kind().isEvent()) {
      reader.window.routed(0);
      return;
    }
    if (record.sequence() == 1) {
      beginCallAgain(reader, entry, record);
    }
    var uncovered = 0;
    var fields = LogFields.of(record);
    switch (Router.route(entry, record, fields)) {
      case NOT_FOR_IT -> {}
      case WANTED -> {
        var call = board.calls.findOrAdd(reader.book.partition, record.call());
        var lane = lane(call, entry, reader, record);
        uncovered = putOrGiveUp(lane, new Wanted(entry, record, fields));
      }
      case DISABLED -> {
        var call = board.calls.findOrAdd(reader.book.partition, record.call());
        passDisabled(lane(call, entry, reader, record), record);
      }
    }
    reader.window.routed(uncovered);
  }

  private void beginCallAgain(Reader reader, Entry entry, JournalRecord record) {
    var call = board.calls.find(reader.book.partition, record.call());
    var lane = call == null ? null : call.find(Feed.live(entry.webhook().id()));
    if (lane != null) {
      lane.reader = reader;
      lane.routedFirstOfCall(record.offset());
      board.offer(lane);
    }
  }

  private int putOrGiveUp(Lane lane, Wanted it) {
    var item = routed(it);
    if (lane.reader.window.size() == 0 && lane.isSettled() && !lane.covered && !lane.wantsRow) {
      var reason = item.offset() < lane.head ? null : giveUpEvents.tooLate(lane, it.entry, item);
      if (reason != null) {
        giveUpEvents.giveUpInPassing(lane, item, reason);
        return 0;
      }
    }
    lane.reader.growing = null;
    return put(lane, item);
  }

  /** The next record as a replay sees it. */
  private void forReplay(Reader reader, Entry entry, JournalRecord record, GiveUps giveUps) {
    var item = replays.again(reader, entry, record, giveUps);
    if (item == null) {
      reader.window.routed(0);
      return;
    }
    var call = board.calls.findOrAdd(reader.book.partition, record.call());
    var lane = replays.lane(call, reader, record.call(), record.offset());
    var uncovered = put(lane, item);
    reader.window.routed(uncovered);
  }

  private Lane lane(Calls.Call call, Entry entry, Reader reader, JournalRecord record) {
    var feed = Feed.live(entry.webhook().id());
    var lane = call.find(feed);
    if (lane == null) {
      var gate = board.gate(entry.webhook().id(), record.call().company());
      lane = new Lane(new LaneKey(feed, record.call()), call, gate, reader);
      lane.beginAt(record.offset());
      if (isHeardFromTheFirst(call, reader, feed, record)) {
        lane.headPrevious = 0;
        lane.tailPrevious = 0;
      }
      call.lanes.add(lane);
    }
    lane.reader = reader;
    return lane;
  }

  private static boolean isHeardFromTheFirst(
      Calls.Call call, Reader reader, Feed feed, JournalRecord record) {
    if (!reader.isCrowd()) {
      return record.sequence() == 1;
    }
    return call.heardFromTheFirst && !reader.book.hasMissed(feed, call.firstOffset);
  }

  private Item routed(Wanted it) {
    return Item.routed(it.record, board.freshness.expiresAt(it.entry, it.record, it.fields));
  }

  /** Returns how many uncovered deliveries this made: one or none. */
  private int put(Lane lane, Item item) {
    if (item.offset() < lane.head) {
      return 0; // read again after a restart: the lane's row says that it is terminal
    }
    if (lane.covered && waitsInJournal(lane)) {
      lane.leaveInJournal(item.offset());
      board.offer(lane);
      return 0;
    }
    lane.enqueue(item);
    board.bytesAtHand += item.event().body().size();
    board.behind(lane);
    lane.book.settled.remove(lane);
    if (lane.queue.size() >= board.settings.waitingMax()) {
      lane.wantsRow = true;
      lane.book.changed.add(lane);
    }
    board.offer(lane);
    if (lane.covered) {
      return 0;
    }
    lane.reader.pendingUncovered(lane, board.now);
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
