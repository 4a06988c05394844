package io.switchhook.bench.retention;

import io.switchhook.event.PartitionList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** An offset in each partition. */
public record Offsets(List<Long> ofPartition) {
  public Offsets {
    ofPartition = List.copyOf(ofPartition);
  }

  static Offsets of(IntToLongFunction offset) {
    return new Offsets(
        IntStream.range(0, PartitionList.PARTITION_COUNT).mapToLong(offset).boxed().toList());
  }

  long in(int partition) {
    return ofPartition.get(partition);
  }

  /** How many records lie between these offsets and later ones. */
  public long countTo(Offsets end) {
    return IntStream.range(0, ofPartition.size()).mapToLong(p -> end.in(p) - in(p)).sum();
  }
}
