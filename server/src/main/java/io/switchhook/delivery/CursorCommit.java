package io.switchhook.delivery;

import java.time.Instant;
import java.util.List;

/**
 * A step forward of one partition's cursors. A store carries it out in this order, each stage
 * durable before the next: put lanes and give-ups, move the watermark, delete lanes. It may do all
 * of it in one transaction.
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
    long watermark,
    List<LaneKey> deleteLanes,
    Instant engineTime) {
  public CursorCommit {
    putLanes = List.copyOf(putLanes);
    putGiveUps = List.copyOf(putGiveUps);
    deleteLanes = List.copyOf(deleteLanes);
  }
}
