package io.switchhook.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Places values on a line of pixels, evenly or by their logarithm. */
record Scale(double low, double high, double from, double to, boolean isLog) {
  private static final double[] STEPS = {1, 2, 5, 10};

  static Scale linear(double low, double high, double from, double to) {
    return new Scale(low, high > low ? high : low + 1, from, to, false);
  }

  static Scale logarithmic(double low, double high, double from, double to) {
    return new Scale(low, Math.max(high, low * 10), from, to, true);
  }

  double at(double value) {
    var share =
        isLog
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + Math.clamp(share, 0, 1) * (to - from);
  }

  /** Round values for at most about so many marks. */
  List<Double> ticks(int count) {
    return isLog ? decades() : steps(count);
  }

  private List<Double> decades() {
    var ticks = new ArrayList<Double>();
    for (var tick = Math.pow(10, Math.ceil(Math.log10(low) - 1e-9));
        tick <= high * 1.0001;
        tick *= 10) {
      ticks.add(tick);
    }
    return ticks;
  }

  private List<Double> steps(int count) {
    var rough = (high - low) / Math.max(1, count);
    var unit = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = 10 * unit;
    for (var factor : STEPS) {
      if (factor * unit >= rough) {
        step = factor * unit;
        break;
      }
    }
    var ticks = new ArrayList<Double>();
    for (var i = 0; low + i * step <= high * 1.0001; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }
}
