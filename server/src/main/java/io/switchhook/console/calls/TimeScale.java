package io.switchhook.console.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Puts moments on a line so that milliseconds can be seen beside hours: the way between two
 * neighbouring moments grows with the logarithm of the time between them. What is later is always
 * further to the right.
 */
final class TimeScale {
  private static final double UNIT_MILLIS = 25;

  private final Instant[] moments;
  private final double[] places;

  /** A scale over these moments, of which there is at least one. */
  TimeScale(Collection<Instant> marked, double from, double to) {
    moments = new TreeSet<>(marked).toArray(Instant[]::new);
    places = new double[moments.length];
    for (int i = 1; i < moments.length; i++) {
      places[i] = places[i - 1] + weight(Duration.between(moments[i - 1], moments[i]));
    }
    var length = places[moments.length - 1];
    var stretch = length == 0 ? 0 : (to - from) / length;
    for (int i = 0; i < moments.length; i++) {
      places[i] = from + places[i] * stretch;
    }
  }

  private static double weight(Duration gap) {
    var millis = gap.toNanos() / 1_000_000.0;
    return Math.log(1 + millis / UNIT_MILLIS);
  }

  /** Where this moment is. */
  double at(Instant moment) {
    int last = moments.length - 1;
    if (!moment.isAfter(moments[0])) {
      return places[0];
    }
    if (!moment.isBefore(moments[last])) {
      return places[last];
    }
    int after = 1;
    while (moments[after].isBefore(moment)) {
      after++;
    }
    double share =
        (double) Duration.between(moments[after - 1], moment).toNanos()
            / Duration.between(moments[after - 1], moments[after]).toNanos();
    return places[after - 1] + (places[after] - places[after - 1]) * share;
  }
}
