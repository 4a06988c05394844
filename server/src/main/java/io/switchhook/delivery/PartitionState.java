package io.switchhook.delivery;

import io.switchhook.event.WebhookId;
import java.util.List;

/**
 * The stored truth of a partition when it is acquired.
 *
 * @param epoch this ownership's number, one more than the last: every commit carries it
 * @param watermark every delivery below it that has neither a lane nor a feed with a cursor is
 *     terminal
 */
public record PartitionState(
    int partition, long epoch, long watermark, List<LaneRow> lanes, List<FeedCursor> feeds) {
  public PartitionState {
    lanes = List.copyOf(lanes);
    feeds = List.copyOf(feeds);
  }

  /** A state in which no feed has a cursor of its own. */
  public PartitionState(int partition, long epoch, long watermark, List<LaneRow> lanes) {
    this(partition, epoch, watermark, lanes, List.of());
  }

  /** Below it every delivery of a webhook that has no lane is terminal. */
  public long cursor(WebhookId webhook) {
    return feeds.stream()
        .filter(cursor -> cursor.feed().equals(Feed.live(webhook)))
        .mapToLong(FeedCursor::offset)
        .findAny()
        .orElse(watermark);
  }
}
