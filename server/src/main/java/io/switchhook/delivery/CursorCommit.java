package io.switchhook.delivery;

import java.time.Instant;
import java.util.List;

/**
 * A step forward of one partition's cursors. A store carries it out in this order, each stage
 * durable before the next: put lanes and give-ups, put the cursors of feeds, move the watermark,
 * delete the cursors of feeds, delete lanes. It may do all of it in one transaction.
 *
 * <p>What is put at once, or not at all: a lane with the give-ups of its call, and the cursor of a
 * feed with the give-ups of its webhook that belong to no lane of this commit.
 *
 * @param epoch of the ownership; a store refuses another
 * @param engineTime highest engine time used so far: after a restart time goes on from the highest
 *     stored
 */
public record CursorCommit(
    int partition,
    long epoch,
    List<LaneRow> putLanes,
    List<GiveUp> putGiveUps,
    List<FeedCursor> putFeeds,
    long watermark,
    List<LaneKey> deleteLanes,
    List<Feed> deleteFeeds,
    Instant engineTime) {
  public CursorCommit {
    putLanes = List.copyOf(putLanes);
    putGiveUps = List.copyOf(putGiveUps);
    putFeeds = List.copyOf(putFeeds);
    deleteLanes = List.copyOf(deleteLanes);
    deleteFeeds = List.copyOf(deleteFeeds);
  }

  /** A commit in which no feed has a cursor of its own. */
  public CursorCommit(
      int partition,
      long epoch,
      List<LaneRow> putLanes,
      List<GiveUp> putGiveUps,
      long watermark,
      List<LaneKey> deleteLanes,
      Instant engineTime) {
    this(
        partition,
        epoch,
        putLanes,
        putGiveUps,
        List.of(),
        watermark,
        deleteLanes,
        List.of(),
        engineTime);
  }
}
