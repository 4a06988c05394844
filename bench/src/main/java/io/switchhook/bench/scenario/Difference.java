package io.switchhook.bench.scenario;

import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * What something does to others: alternating pairs of measurements, one without and one with it. It
 * does nothing when the median difference is at most the largest of a tenth, a millisecond, and
 * what two measurements without it differ by.
 */
final class Difference {
  private static final double SHARE_MAX = 0.1;
  private static final double MICROS_MAX = 1_000;

  private final List<Pair> pairs;

  /** The p99 of others in microseconds, without and with it. */
  record Pair(long without, long with) {}

  Difference(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** The median of what the pairs differ by, in microseconds; negative when it was better with. */
  double medianMicros() {
    return median(pairs.stream().map(pair -> (double) pair.with - pair.without).toList());
  }

  /** The median of what any two measurements without it differ by, in microseconds. */
  double spreadMicros() {
    var differences = new ArrayList<Double>();
    for (var one = 0; one < pairs.size(); one++) {
      for (var other = one + 1; other < pairs.size(); other++) {
        differences.add((double) Math.abs(pairs.get(one).without - pairs.get(other).without));
      }
    }
    return differences.isEmpty() ? 0 : median(differences);
  }

  /** What the median difference may be, in microseconds. */
  double allowedMicros() {
    var usual = median(pairs.stream().map(pair -> (double) pair.without).toList());
    return Math.max(Math.max(usual * SHARE_MAX, MICROS_MAX), spreadMicros());
  }

  Check check(String name) {
    return new Check(
        name,
        "%s ms (median of %d pairs; without: %s; with: %s)"
            .formatted(
                Numbers.millis(medianMicros()),
                pairs.size(),
                list(pairs.stream().map(Pair::without).toList()),
                list(pairs.stream().map(Pair::with).toList())),
        "at most %s ms (%s)"
            .formatted(
                Numbers.millis(allowedMicros()),
                pairs.size() == 1
                    ? "one pair says nothing of what two runs without it differ by"
                    : "two runs without it differ by " + Numbers.millis(spreadMicros()) + " ms"),
        medianMicros() <= allowedMicros());
  }

  private static String list(List<Long> micros) {
    return String.join(" ", micros.stream().map(Numbers::millis).toList());
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
