package io.switchhook.delivery.memory;

import static java.util.Comparator.comparingLong;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Cursors in memory. A commit is done when {@link #commit} returns. */
public final class MemoryCursorStore implements CursorStore {
  private record GiveUpKey(long offset, WebhookId webhook, boolean isOfOne)
      implements Comparable<GiveUpKey> {
    static GiveUpKey of(GiveUp giveUp) {
      return new GiveUpKey(giveUp.offset(), giveUp.webhook(), giveUp.isOfOne());
    }

    @Override
    public int compareTo(GiveUpKey other) {
      return comparingLong(GiveUpKey::offset)
          .thenComparing(GiveUpKey::webhook)
          .thenComparing(GiveUpKey::isOfOne)
          .compare(this, other);
    }
  }

  /** What is stored of one partition. */
  private static final class Stored {
    private long epoch;
    private long watermark;
    private final Map<LaneKey, LaneRow> lanes = new TreeMap<>();
    private final Map<Feed, FeedCursor> feeds = new TreeMap<>();
    private final TreeMap<GiveUpKey, GiveUp> giveUps = new TreeMap<>();
  }

  // All guarded by this.
  private final Map<Integer, Stored> partitions = new TreeMap<>();
  private Instant engineTime = Instant.EPOCH;
  private boolean closed;

  /** Makes an empty store. */
  public MemoryCursorStore() {}

  @Override
  public synchronized PartitionState acquire(int partition) {
    var stored = stored(partition);
    stored.epoch++;
    return new PartitionState(
        partition,
        stored.epoch,
        stored.watermark,
        List.copyOf(stored.lanes.values()),
        List.copyOf(stored.feeds.values()));
  }

  @Override
  public synchronized CompletionStage<Committed> commit(CursorCommit commit) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the cursor store is closed"));
    }
    var stored = stored(commit.partition());
    if (stored.epoch == 0 || stored.epoch != commit.epoch()) {
      return CompletableFuture.completedStage(Committed.FENCED);
    }
    commit.putLanes().forEach(lane -> stored.lanes.put(lane.key(), lane));
    commit.putGiveUps().forEach(giveUp -> stored.giveUps.put(GiveUpKey.of(giveUp), giveUp));
    commit.putFeeds().forEach(cursor -> stored.feeds.put(cursor.feed(), cursor));
    stored.watermark = commit.watermark();
    commit.deleteFeeds().forEach(stored.feeds::remove);
    commit.deleteLanes().forEach(stored.lanes::remove);
    if (commit.engineTime().isAfter(engineTime)) {
      engineTime = commit.engineTime();
    }
    return CompletableFuture.completedStage(Committed.DURABLE);
  }

  private Stored stored(int partition) {
    return partitions.computeIfAbsent(partition, _ -> new Stored());
  }

  @Override
  public synchronized List<GiveUp> giveUps(
      int partition, long fromOffsetInclusive, long toOffsetExclusive) {
    return giveUps(
        partition,
        fromOffsetInclusive,
        giveUp -> giveUp.offset() < toOffsetExclusive,
        Integer.MAX_VALUE);
  }

  @Override
  public synchronized List<GiveUp> giveUpsOf(
      WebhookId webhook, int partition, long fromOffsetInclusive, int max) {
    return giveUps(partition, fromOffsetInclusive, giveUp -> giveUp.webhook().equals(webhook), max);
  }

  private List<GiveUp> giveUps(int partition, long from, Predicate<GiveUp> wanted, int max) {
    return stored(partition).giveUps.values().stream()
        .filter(giveUp -> giveUp.end() > from)
        .filter(wanted)
        .limit(max)
        .toList();
  }

  @Override
  public synchronized long forgetGiveUps(
      int partition, long toOffsetExclusive, Instant recordedBefore) {
    var giveUps = stored(partition).giveUps;
    long before = giveUps.size();
    giveUps
        .values()
        .removeIf(
            giveUp -> giveUp.end() <= toOffsetExclusive && giveUp.at().isBefore(recordedBefore));
    return before - giveUps.size();
  }

  @Override
  public synchronized Instant highestEngineTime() {
    return engineTime;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
