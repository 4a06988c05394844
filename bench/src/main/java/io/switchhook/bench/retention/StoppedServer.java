package io.switchhook.bench.retention;

import io.switchhook.company.Companies;
import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.sqlite.SqliteCursorStore;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.event.WebhookId;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.source.sqlite.SqliteFollowCursors;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The data of a server that does not run: where its cursors stand, and what was given up. */
public final class StoppedServer implements AutoCloseable {
  private final Path data;
  private final Database state;
  private final SqliteCursorStore cursors;
  private final List<PartitionState> partitions;

  /** Opens what a server has left in its folder. */
  public StoppedServer(Path data) {
    this.data = data;
    this.state =
        Database.open(
            DatabaseSettings.of(
                data.resolve("state.db"),
                failure -> {
                  throw new IllegalStateException(failure);
                }));
    this.cursors = new SqliteCursorStore(state);
    this.partitions =
        cursors.acquire(IntStream.range(0, PartitionList.PARTITION_COUNT).boxed().toList());
  }

  /**
   * Cursors that stand below some offsets.
   *
   * @param lanes calls that are behind
   * @param detached cursors of webhooks that read for themselves
   * @param replays cursors of replays
   * @param watermarks of partitions
   */
  public record Behind(long lanes, long detached, long replays, long watermarks) {
    /** All of them. */
    public long inAll() {
      return lanes + detached + replays + watermarks;
    }
  }

  /** The first company, which every server begins with. */
  public CompanyId company() {
    return Companies.open(state, InstantSource.system(), new SecureRandom()).list().getFirst().id();
  }

  /**
   * What lies below these offsets and is not pending anywhere else is over: nobody wanted it, so a
   * server would come to the same by reading it.
   */
  public void passTo(Offsets ends) {
    var offsets = new HashMap<Integer, Long>();
    for (var partition : partitions) {
      var end = ends.in(partition.partition());
      offsets.put(partition.partition(), end);
      var commit =
          new CursorCommit(
              partition.partition(),
              partition.epoch(),
              List.of(),
              List.of(),
              end,
              List.of(),
              cursors.highestEngineTime());
      if (cursors.commit(commit).toCompletableFuture().join() != CursorStore.Committed.DURABLE) {
        throw new IllegalStateException("somebody else owns partition " + partition.partition());
      }
    }
    new SqliteFollowCursors(state, "after-call").store(offsets);
    try (var history = new SqliteHistoryStore(data.resolve("history"))) {
      history.writeWatermarks(offsets);
    }
  }

  /** Who stands below these offsets. */
  public Behind behind(Offsets floors) {
    long lanes = 0;
    long detached = 0;
    long replays = 0;
    long watermarks = 0;
    for (var partition : partitions) {
      var floor = floors.in(partition.partition());
      lanes += partition.lanes().stream().mapToLong(LaneRow::head).filter(it -> it < floor).count();
      var feeds = partition.feeds().stream().filter(it -> it.offset() < floor).toList();
      var live = feeds.stream().map(FeedCursor::feed).filter(it -> it.isLive()).count();
      detached += live;
      replays += feeds.size() - live;
      watermarks += partition.watermark() < floor ? 1 : 0;
    }
    return new Behind(lanes, detached, replays, watermarks);
  }

  /** How many of a webhook's events between these offsets are given up, by the reason. */
  public Map<Reason, Long> givenUp(WebhookId webhook, Offsets from, Offsets to) {
    var counts = new HashMap<Reason, Long>();
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      var records = cursors.giveUps(partition, from.in(partition), to.in(partition));
      var giveUps = GiveUps.of(webhook, records);
      for (var offset = from.in(partition); offset < to.in(partition); offset++) {
        giveUps.of(offset).ifPresent(known -> counts.merge(known.reason(), 1L, Long::sum));
      }
    }
    return counts;
  }

  /** How many records tell what a webhook was given up between these offsets. */
  public long records(WebhookId webhook, Offsets from, Offsets to) {
    long count = 0;
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      count +=
          cursors.giveUps(partition, from.in(partition), to.in(partition)).stream()
              .filter(record -> record.webhook().equals(webhook))
              .count();
    }
    return count;
  }

  @Override
  public void close() {
    cursors.close();
    state.close();
  }
}
