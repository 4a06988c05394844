package io.switchhook.delivery;

import java.util.List;

/**
 * The stored truth of a partition when it is acquired.
 *
 * @param epoch this ownership's number, one more than the last: every commit carries it
 * @param watermark every delivery below it that has no lane is terminal
 */
public record PartitionState(int partition, long epoch, long watermark, List<LaneRow> lanes) {
  public PartitionState {
    lanes = List.copyOf(lanes);
  }
}
