package io.switchhook.console.calls;

import java.util.List;
import java.util.Locale;

/**
 * A call as a picture: its states as one band, below it a row for each delivery, all on the same
 * axis of time. Lengths are in the picture's own units.
 */
record Timeline(
    double height, List<Tick> ticks, List<Band> bands, List<Row> rows, String summary, int left) {
  static final int WIDTH = 1_040;
  static final int LEFT = 210;
  static final int RIGHT = WIDTH - 24;
  static final double TOP = 34;
  static final double BAND_HEIGHT = 26;
  static final double ROW_HEIGHT = 24;

  Timeline {
    ticks = List.copyOf(ticks);
    bands = List.copyOf(bands);
    rows = List.copyOf(rows);
  }

  /** A moment on the axis; {@code words} is {@code ""} where there is no room. */
  record Tick(double x, String words) {}

  /** The call in one state. */
  record Band(double x, double width, String mark, String word, String title) {}

  /**
   * One delivery, or with no bars the head of a webhook's deliveries.
   *
   * @param accepted where its event came
   */
  record Row(
      double y,
      String label,
      boolean isHead,
      double accepted,
      List<Wait> waits,
      List<Bar> bars,
      List<End> ends) {
    Row {
      waits = List.copyOf(waits);
      bars = List.copyOf(bars);
      ends = List.copyOf(ends);
    }

    double middle() {
      return y + ROW_HEIGHT / 2;
    }
  }

  /** A time in which nothing was sent; dashed between attempts. */
  record Wait(double x, double end, boolean isRetry) {}

  /** One attempt. */
  record Bar(double x, double width, String mark, String title) {}

  /** How the delivery stands at its end. */
  record End(double x, String mark, String title) {}

  /** A length as the picture's text has it. */
  static String n(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
