package io.switchhook.journal;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The journal's oldest segment, which has ended: what retention takes away at once.
 *
 * @param start its records were accepted at this engine time or later
 * @param end and before this one
 * @param firstKept by partition, the offset below which nothing can be read once the segment was
 *     dropped; does not change any more
 */
public record EndedSegment(Instant start, Instant end, List<Long> firstKept) {
  public EndedSegment {
    firstKept = List.copyOf(firstKept);
    if (firstKept.size() != PARTITION_COUNT) {
      throw new IllegalArgumentException("one offset for each partition: " + firstKept.size());
    }
  }

  /** True when even its youngest record is kept for longer than it must be. */
  public boolean isPast(Duration retention, Instant engineTime) {
    return !end.plus(retention).isAfter(engineTime);
  }
}
