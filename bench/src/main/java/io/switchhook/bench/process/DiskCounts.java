package io.switchhook.bench.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often a server made something durable since its start, as it counts it itself.
 *
 * @param commits transactions by file, or folder of files; empty when it does not say
 * @param checkpoints of write-ahead logs, in the same way
 */
public record DiskCounts(Map<String, Long> commits, Map<String, Long> checkpoints) {
  /** Nothing is known. */
  public static final DiskCounts NONE = new DiskCounts(Map.of(), Map.of());

  public DiskCounts {
    commits = Map.copyOf(commits);
    checkpoints = Map.copyOf(checkpoints);
  }

  /** True when the server said something. */
  public boolean isKnown() {
    return !commits.isEmpty();
  }

  /** Both together. */
  public DiskCounts plus(DiskCounts other) {
    return new DiskCounts(sum(commits, other.commits, 1), sum(checkpoints, other.checkpoints, 1));
  }

  /** What came since an earlier moment. */
  public DiskCounts since(DiskCounts earlier) {
    return new DiskCounts(
        sum(commits, earlier.commits, -1), sum(checkpoints, earlier.checkpoints, -1));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other, int sign) {
    var sum = new TreeMap<>(one);
    other.forEach((file, count) -> sum.merge(file, sign * count, Long::sum));
    return sum;
  }
}
