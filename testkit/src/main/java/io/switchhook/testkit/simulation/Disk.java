package io.switchhook.testkit.simulation;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What survives a crash: the journal, the cursors, the webhooks. */
final class Disk {
  final List<List<JournalRecord>> journal = new ArrayList<>();
  final List<Cursors> cursors = new ArrayList<>();
  final Map<WebhookId, Entry> webhooks = new LinkedHashMap<>();

  /** Replays that are not over. */
  final Map<ReplayId, Replay> replays = new LinkedHashMap<>();

  /** Below it a partition has been let go of. */
  final Map<Integer, Long> oldest = new LinkedHashMap<>();

  private final Map<CallId, Integer> lastSequences = new LinkedHashMap<>();

  /** A store keeps a record of one event beside one of many that begins there. */
  private record GiveUpKey(long offset, boolean isOfOne) {}

  /** What happens in a call. */
  record Said(Kind kind, String body) {}

  /** The stored cursors of one partition. */
  static final class Cursors {
    long epoch;
    long watermark;
    final Map<LaneKey, LaneRow> lanes = new TreeMap<>();
    final Map<Feed, FeedCursor> feeds = new TreeMap<>();
    private final Map<WebhookId, Map<GiveUpKey, GiveUp>> giveUps = new TreeMap<>();

    boolean wasGivenUp(WebhookId webhook, long offset) {
      return giveUps(webhook).wasGivenUp(offset);
    }

    boolean isGivenUp(WebhookId webhook, long offset) {
      return giveUps(webhook).isGivenUp(offset);
    }

    GiveUps giveUps(WebhookId webhook) {
      return GiveUps.of(webhook, List.copyOf(giveUps.getOrDefault(webhook, Map.of()).values()));
    }

    void put(GiveUp giveUp) {
      giveUps
          .computeIfAbsent(giveUp.webhook(), _ -> new LinkedHashMap<>())
          .put(new GiveUpKey(giveUp.offset(), giveUp.isOfOne()), giveUp);
    }
  }

  Disk(int partitions) {
    for (int i = 0; i < partitions; i++) {
      journal.add(new ArrayList<>());
      cursors.add(new Cursors());
    }
  }

  long end(int partition) {
    return journal.get(partition).size();
  }

  WebhookCatalog catalog() {
    return new WebhookCatalog(List.copyOf(webhooks.values()));
  }

  JournalRecord append(int partition, CallId call, Said said, Instant now) {
    var kind = said.kind();
    var sequence = kind.isEvent() ? lastSequences.merge(call, 1, Integer::sum) : 0;
    var record =
        new JournalRecord(
            partition,
            end(partition),
            call,
            kind,
            0,
            now,
            now,
            Identity.ofName(call + "/" + end(partition)),
            sequence,
            Bytes.utf8(said.body()));
    journal.get(partition).add(record);
    return record;
  }

  /** The dedupe window of a call has passed: its next event is the first of a new call. */
  void forgetSequence(CallId call) {
    lastSequences.remove(call);
  }

  long oldest(int partition) {
    return oldest.getOrDefault(partition, 0L);
  }

  /** The ends of all partitions. */
  Map<Integer, Long> ends() {
    var ends = new LinkedHashMap<Integer, Long>();
    for (int partition = 0; partition < journal.size(); partition++) {
      ends.put(partition, end(partition));
    }
    return ends;
  }

  List<JournalRecord> read(int partition, long from, int max) {
    var all = journal.get(partition);
    return List.copyOf(all.subList((int) from, (int) Math.min(all.size(), from + max)));
  }

  List<JournalRecord> readCall(int partition, CallId call, long from, long bound) {
    return journal.get(partition).stream()
        .filter(record -> record.call().equals(call))
        .filter(record -> record.offset() >= from && record.offset() < bound)
        .toList();
  }

  PartitionState acquire(int partition) {
    var stored = cursors.get(partition);
    stored.epoch++;
    return new PartitionState(
        partition,
        stored.epoch,
        stored.watermark,
        List.copyOf(stored.lanes.values()),
        List.copyOf(stored.feeds.values()));
  }

  /** Puts one lane's row and its give-ups, which belong together. */
  void put(CursorCommit commit, LaneRow row, Collection<GiveUp> giveUps) {
    var stored = cursors.get(commit.partition());
    stored.lanes.put(row.key(), row);
    giveUps.forEach(stored::put);
  }

  /**
   * Puts a feed's cursor and the give-ups of its webhook that no lane has, which belong together.
   */
  void put(CursorCommit commit, @Nullable FeedCursor cursor, Collection<GiveUp> giveUps) {
    var stored = cursors.get(commit.partition());
    if (cursor != null) {
      stored.feeds.put(cursor.feed(), cursor);
    }
    giveUps.forEach(stored::put);
  }

  void moveWatermark(CursorCommit commit) {
    cursors.get(commit.partition()).watermark = commit.watermark();
  }

  void deleteLanes(CursorCommit commit) {
    commit.deleteLanes().forEach(cursors.get(commit.partition()).lanes::remove);
  }

  void deleteFeeds(CursorCommit commit) {
    commit.deleteFeeds().forEach(cursors.get(commit.partition()).feeds::remove);
  }
}
