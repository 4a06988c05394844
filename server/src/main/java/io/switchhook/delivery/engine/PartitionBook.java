package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one partition: how far it is read, what is pending, and what the next commit has
 * to say.
 */
final class PartitionBook {
  final int partition;
  final long epoch;
  final Reader crowd;

  /** Who reads the partition at a pace of its own: detached webhooks and replays. */
  final Map<Feed, Reader> feeds = new LinkedHashMap<>();

  /**
   * Up to where feeds have missed what the crowd saw: it was told to them in an earlier life, or
   * the journal let go of it before they had read it. What they know of a call that began there is
   * to be looked up.
   */
  private final Map<Feed, Long> missedBelow = new HashMap<>();

  /** The journal's end as far as it was told. */
  long end;

  boolean held;

  /** When it was last looked for who holds up the crowd. */
  Instant roomLookedForAt = Instant.EPOCH;

  /**
   * Where the crowd goes on behind a gap in the journal, once nothing before it is pending; null
   * without a gap.
   */
  @Nullable Long gapTo;

  /** The journal is about to let go of, or has lost, what is below: it is given up. */
  long floor;

  /** The floor up to which it was told that nothing is pending below. */
  long floorTold;

  /** Lanes whose row may differ from what is stored. */
  final Set<Lane> changed = new LinkedHashSet<>();

  /**
   * Covered lanes of which nothing is pending: their rows go when the watermark has passed them.
   */
  final Set<Lane> settled = new LinkedHashSet<>();

  /** Rows of lanes whose webhook was deleted, or whose replay is over. */
  final Set<LaneKey> orphans = new LinkedHashSet<>();

  /** Cursors of feeds that are over. */
  final List<Feed> orphanFeeds = new ArrayList<>();

  /** Records that replays have told what had been given up. */
  final List<GiveUp> toldByReplay = new ArrayList<>();

  /** Webhooks with a replay that has yet to find again what it had begun with before a restart. */
  final Set<WebhookId> catchingUp = new HashSet<>();

  /**
   * Heads of lanes whose rows were ahead of their reader when the partition was opened: what is
   * below was told in an earlier life, and is not told by itself when the reader comes to it.
   */
  private final Map<LaneKey, Long> toldBefore = new HashMap<>();

  /** The highest offset at which a delivery of each feed has ended. */
  private final Map<Feed, Long> highestEnded = new HashMap<>();

  final List<PendingGiveUp> giveUps = new ArrayList<>();

  /** Give-ups of what nobody has read. */
  final List<GiveUp> unreadGiveUps = new ArrayList<>();

  boolean commitUnderWay;
  @Nullable Instant commitDueAt;
  int outcomesSinceCommit;
  private long watermark;

  /**
   * A give-up that the next commit makes durable.
   *
   * @param record null when nothing but the lane's row says so: a replay has tried in vain
   */
  record PendingGiveUp(Lane lane, Item item, Reason reason, Instant at, @Nullable GiveUp record) {}

  PartitionBook(PartitionState state, long end) {
    this.partition = state.partition();
    this.epoch = state.epoch();
    this.watermark = state.watermark();
    this.crowd = Reader.crowd(this, state.watermark());
    crowd.stored = state.watermark();
    this.end = end;
  }

  /** The stored watermark. */
  long watermark() {
    return watermark;
  }

  void watermarkStored(long stored) {
    watermark = stored;
  }

  /** A lane was restored. */
  void restored(Lane lane) {
    if (lane.isAheadOfReader()) {
      toldBefore.put(lane.key, lane.head);
    }
  }

  /** True when a row says that this was told in an earlier life. */
  boolean wasToldBefore(LaneKey lane, long offset) {
    return offset < toldBefore.getOrDefault(lane, 0L);
  }

  /** The feed has not seen, in this life, what is below, whatever the crowd has seen of it. */
  void missed(Feed feed, long below) {
    missedBelow.merge(feed, below, Math::max);
  }

  /** True when the feed has not seen this offset, although the crowd may have. */
  boolean hasMissed(Feed feed, long offset) {
    return offset < missedBelow.getOrDefault(feed, 0L);
  }

  /** A delivery of the feed is terminal. */
  void ended(Feed feed, long offset) {
    highestEnded.merge(feed, offset, Math::max);
  }

  /** True when something of the feed is terminal that comes behind this offset. */
  boolean hasEndedBehind(Feed feed, long offset) {
    return offset < highestEnded.getOrDefault(feed, 0L);
  }

  /** The feed is over. */
  void forget(Feed feed) {
    highestEnded.remove(feed);
    missedBelow.remove(feed);
  }

  /** Who reads what happens for this webhook: itself when it is detached, else the crowd. */
  Reader readerOf(WebhookId webhook) {
    return feeds.getOrDefault(Feed.live(webhook), crowd);
  }

  /** The crowd, and who reads for itself. */
  List<Reader> readers() {
    var all = new ArrayList<Reader>(feeds.size() + 1);
    all.add(crowd);
    all.addAll(feeds.values());
    return all;
  }
}
