package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which offsets a segment holds: for each partition one run of consecutive ones, or several when
 * records between them were lost. The end of each partition's last run moves as records become
 * visible; everything else stays.
 */
final class Runs {
  /** Offsets from {@code start} on, {@code end} not among them. May be empty. */
  record Run(long start, long end) {}

  private final List<long[]> starts;
  private final List<long[]> ends;
  private final AtomicLongArray lastEnds = new AtomicLongArray(PARTITION_COUNT);

  /** The runs of each partition, at least one each, by offset. */
  Runs(List<List<Run>> partitions) {
    this.starts = new ArrayList<>(PARTITION_COUNT);
    this.ends = new ArrayList<>(PARTITION_COUNT);
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      var runs = partitions.get(partition);
      starts.add(runs.stream().mapToLong(Run::start).toArray());
      ends.add(runs.stream().mapToLong(Run::end).toArray());
      lastEnds.set(partition, runs.getLast().end());
    }
  }

  /** Empty runs that start where each partition's next record goes. */
  static Runs startingAt(long[] next) {
    return new Runs(
        Arrays.stream(next).mapToObj(offset -> List.of(new Run(offset, offset))).toList());
  }

  List<Run> of(int partition) {
    var runs = new ArrayList<Run>();
    int last = starts.get(partition).length - 1;
    for (int i = 0; i < last; i++) {
      runs.add(new Run(starts.get(partition)[i], ends.get(partition)[i]));
    }
    runs.add(new Run(starts.get(partition)[last], lastEnds.get(partition)));
    return runs;
  }

  /** Where the partition's first run starts. */
  long base(int partition) {
    return starts.get(partition)[0];
  }

  /** Where the partition's last run ends. */
  long end(int partition) {
    return lastEnds.get(partition);
  }

  /** Lets records up to an offset be seen. */
  void moveEnd(int partition, long end) {
    lastEnds.set(partition, end);
  }
}
