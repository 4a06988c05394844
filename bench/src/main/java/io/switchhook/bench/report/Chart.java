package io.switchhook.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A chart as SVG (W3C SVG 2). Colours come from the page's style sheet. */
final class Chart {
  private static final double WIDTH = 760;
  private static final double HEIGHT = 264;
  private static final double LEFT = 64;
  private static final double RIGHT = 26;
  private static final double TOP = 42;
  private static final double BASE = HEIGHT - 34;

  /** Names of marks stand in rows above the chart, so high each. */
  private static final double ROW = 13;

  /** About the width of a letter. */
  private static final double LETTER = 6.8;

  private static final int TICKS_X = 8;
  private static final int TICKS_Y = 4;

  /** Beyond so many points only the largest of neighbours is drawn. */
  private static final int POINTS_MAX = 700;

  private final StringBuilder svg = new StringBuilder();
  private final Scale x;
  private final Scale y;

  /** A place in the chart. */
  record Point(double x, double y) {}

  /**
   * What is drawn.
   *
   * @param style class of the style sheet that gives it its colour: {@code s1}, {@code s2} …
   */
  record Series(String name, String style, List<Point> points) {
    Series {
      points = List.copyOf(points);
    }

    double max() {
      return points.stream().mapToDouble(Point::y).max().orElse(0);
    }
  }

  /** How values are written beside the axes. */
  record Labels(String title, DoubleFunction<String> ofX, DoubleFunction<String> ofY) {}

  private Chart(Scale x, Scale y, Labels labels) {
    this.x = x;
    this.y = y;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH,
            HEIGHT,
            escaped(labels.title())));
    for (var tick : y.ticks(TICKS_Y)) {
      line("grid", new Point(LEFT, y.at(tick)), new Point(WIDTH - RIGHT, y.at(tick)));
      label("end", new Point(LEFT - 8, y.at(tick) + 4), labels.ofY().apply(tick));
    }
    for (var tick : x.ticks(TICKS_X)) {
      line("tick", new Point(x.at(tick), BASE), new Point(x.at(tick), BASE + 4));
      label("middle", new Point(x.at(tick), BASE + 18), labels.ofX().apply(tick));
    }
    line("axis", new Point(LEFT, BASE), new Point(WIDTH - RIGHT, BASE));
  }

  /** A chart over time, from 0 on. */
  static Chart overTime(double seconds, double highest, Labels labels) {
    return new Chart(
        Scale.linear(0, seconds, LEFT, WIDTH - RIGHT),
        Scale.linear(0, highest * 1.05, BASE, TOP),
        labels);
  }

  /** A chart over values of several orders of magnitude. */
  static Chart overMagnitudes(double low, double high, double highest, Labels labels) {
    return new Chart(
        Scale.logarithmic(low, high, LEFT, WIDTH - RIGHT),
        Scale.linear(0, highest * 1.1, BASE, TOP),
        labels);
  }

  /** Draws a line through points. */
  Chart line(Series series) {
    return path(series, "line " + series.style(), /* end= */ "");
  }

  /** Draws the area below a line. */
  Chart area(Series series) {
    if (series.points().isEmpty()) {
      return this;
    }
    var floor = BASE;
    var end =
        String.format(
            Locale.ROOT,
            " L%.1f %.1f L%.1f %.1f Z",
            x.at(series.points().getLast().x()),
            floor,
            x.at(series.points().getFirst().x()),
            floor);
    path(series, "area " + series.style(), end);
    return line(series);
  }

  private Chart path(Series series, String style, String end) {
    if (series.points().isEmpty()) {
      return this;
    }
    svg.append("<path class=\"").append(style).append("\" d=\"");
    var isFirst = true;
    for (var point : thinned(series.points())) {
      svg.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", isFirst ? "M" : " L", x.at(point.x()), y.at(point.y())));
      isFirst = false;
    }
    svg.append(end).append("\"/>\n");
    return this;
  }

  private static List<Point> thinned(List<Point> points) {
    if (points.size() <= POINTS_MAX) {
      return points;
    }
    var size = (points.size() + POINTS_MAX - 1) / POINTS_MAX;
    var thinned = new ArrayList<Point>();
    for (var i = 0; i < points.size(); i += size) {
      var highest = points.get(i);
      for (var point : points.subList(i, Math.min(points.size(), i + size))) {
        highest = point.y() > highest.y() ? point : highest;
      }
      thinned.add(highest);
    }
    return thinned;
  }

  /** Draws each point on its own. */
  Chart dots(Series series) {
    for (var point : thinned(series.points())) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>\n",
              series.style(),
              x.at(point.x()),
              y.at(point.y())));
    }
    return this;
  }

  /**
   * Marks values of the lower axis, the lowest first. Each name has a row of its own, so that names
   * of values that are close together do not run into each other.
   */
  Chart markRows(List<Mark> marks) {
    for (var row = 0; row < marks.size(); row++) {
      var mark = marks.get(row);
      var top = TOP - ROW * row - 4;
      line("mark", new Point(x.at(mark.value()), top - 8), new Point(x.at(mark.value()), BASE));
      if (row > 0 && widthOf(mark.name()) < WIDTH - x.at(mark.value()) - 4) {
        label("start", new Point(x.at(mark.value()) + 4, top), mark.name());
      } else {
        label("end", new Point(x.at(mark.value()) - 4, top), mark.name());
      }
    }
    return this;
  }

  /** A value of the lower axis, and what it is. */
  record Mark(double value, String name) {}

  /** Marks values of the lower axis from top to bottom, each with its name if there is room. */
  Chart markAll(List<Mark> marks) {
    var labelledTo = 0.0;
    for (var mark : marks) {
      markLine(mark.value());
      var at = x.at(mark.value()) + 4;
      var end = at + widthOf(mark.name());
      if (at > labelledTo && end < WIDTH) {
        label("start", new Point(at, TOP - 8), mark.name());
        labelledTo = end + 4;
      }
    }
    return this;
  }

  private void markLine(double value) {
    line("mark", new Point(x.at(value), TOP), new Point(x.at(value), BASE));
  }

  private static double widthOf(String label) {
    return label.length() * LETTER;
  }

  private void line(String style, Point from, Point to) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style,
            from.x(),
            from.y(),
            to.x(),
            to.y()));
  }

  private void label(String anchor, Point at, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
            anchor,
            at.x(),
            at.y(),
            escaped(words)));
  }

  /** The whole of it. */
  String svg() {
    return svg + "</svg>\n";
  }

  /** Text that is safe within HTML. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
