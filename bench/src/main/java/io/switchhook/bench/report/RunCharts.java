package io.switchhook.bench.report;

import io.switchhook.bench.ledger.Latencies.OfPhase;
import io.switchhook.bench.report.Chart.Labels;
import io.switchhook.bench.report.Chart.Mark;
import io.switchhook.bench.report.Chart.Point;
import io.switchhook.bench.report.Chart.Series;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.RunResult.HeapPoint;
import io.switchhook.bench.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The charts of one run. */
final class RunCharts {
  private static final double NANOS = 1e9;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double LOW_MILLIS = 0.1;
  private static final int BARS_PER_DECADE = 16;
  private static final double PERCENT = 100;
  private static final double MEBIBYTE = 1_048_576;

  private final RunResult run;
  private final long zeroNanos;
  private final double seconds;

  /** A chart with its heading and what its colours mean. */
  record Figure(String title, List<Key> keys, String svg) {
    Figure {
      keys = List.copyOf(keys);
    }
  }

  /** What a colour means. */
  record Key(String name, String style) {}

  private RunCharts(RunResult run) {
    this.run = run;
    var last = run.timeline().samples();
    // Before the first phase the server starts and is configured: nothing to be seen.
    this.zeroNanos =
        run.phases().isEmpty() ? run.timeline().beganNanos() : run.phases().getFirst().fromNanos();
    this.seconds = last.isEmpty() ? 1 : secondsAt(last.getLast().atNanos());
  }

  static List<Figure> of(RunResult run) {
    var charts = new RunCharts(run);
    var all = new ArrayList<Figure>();
    for (var phase : run.latencies().phases()) {
      if (!phase.name().equals("warm-up")
          && phase.classes().stream().anyMatch(it -> it.micros().getTotalCount() > 0)) {
        all.add(charts.latencies(phase));
      }
    }
    all.add(charts.throughput());
    all.add(charts.memory());
    if (run.timeline().samples().stream().anyMatch(sample -> sample.lanes() >= 0)) {
      all.add(charts.lanes());
    }
    return all;
  }

  private double secondsAt(long nanos) {
    return (nanos - zeroNanos) / NANOS;
  }

  private Figure latencies(OfPhase phase) {
    var keys = new ArrayList<Key>();
    var series = new ArrayList<Series>();
    var highest = 0.0;
    var low = 10.0;
    var high = 10.0;
    for (var i = 0; i < phase.classes().size(); i++) {
      var ofClass = phase.classes().get(i);
      if (ofClass.micros().getTotalCount() == 0) {
        continue;
      }
      var style = "s" + (i + 1);
      keys.add(new Key(ofClass.name(), style));
      var bars = new Series(ofClass.name(), style, bars(ofClass.micros()));
      series.add(bars);
      highest = Math.max(highest, bars.max());
      low = Math.min(low, ofClass.micros().getMinValue() / MICROS_PER_MILLI);
      high = Math.max(high, ofClass.micros().getMaxValue() / MICROS_PER_MILLI);
    }
    var chart =
        Chart.overMagnitudes(
            Math.max(LOW_MILLIS, Math.pow(10, Math.floor(Math.log10(Math.max(low, 1e-3))))),
            Math.pow(10, Math.ceil(Math.log10(high))),
            highest,
            new Labels(
                "Latency of " + phase.name(),
                ms ->
                    ms >= 1_000 ? Numbers.count(Math.round(ms / 1_000)) + " s" : plain(ms) + " ms",
                share -> plain(share) + " %"));
    series.forEach(chart::area);
    if (!series.isEmpty()) {
      var first =
          phase.classes().stream()
              .filter(it -> it.micros().getTotalCount() > 0)
              .findFirst()
              .orElseThrow();
      chart.markRows(
          List.of(
              percentile(first.micros(), 50),
              percentile(first.micros(), 99),
              percentile(first.micros(), 99.9)));
    }
    return new Figure(
        "Latency, " + phase.name() + ": share of the events by time from due to first byte",
        keys,
        chart.svg());
  }

  private static Mark percentile(Histogram micros, double percentile) {
    var millis = micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    return new Mark(millis, "p" + plain(percentile) + " " + Numbers.short3(millis) + " ms");
  }

  /** The share of the events, in percent, in each of the bars of a logarithmic axis. */
  private static List<Point> bars(Histogram micros) {
    var points = new ArrayList<Point>();
    var total = micros.getTotalCount() / PERCENT;
    var last = Math.log10(micros.getMaxValue() / MICROS_PER_MILLI + LOW_MILLIS) + 0.1;
    var below = 0L;
    for (var at = Math.log10(LOW_MILLIS); at < last; at += 1.0 / BARS_PER_DECADE) {
      var from = Math.pow(10, at);
      var to = Math.pow(10, at + 1.0 / BARS_PER_DECADE);
      var within = micros.getCountBetweenValues(0, (long) (to * MICROS_PER_MILLI));
      var share = (within - below) / total;
      points.add(new Point(from, share));
      points.add(new Point(to, share));
      below = within;
    }
    return points;
  }

  private Figure throughput() {
    var timeline = run.timeline();
    var sent = new Series("sent", "s2", perSecond(timeline.sent()));
    var accepted = new Series("accepted", "s3", perSecond(timeline.accepted()));
    var told = new Series("delivered", "s1", perSecond(timeline.told()));
    var highest = Math.max(sent.max(), Math.max(accepted.max(), told.max()));
    var chart =
        Chart.overTime(
            seconds, highest, new Labels("Throughput", RunCharts::time, RunCharts::plain));
    chart.area(told).line(accepted).line(sent);
    addPhases(chart);
    return new Figure("Throughput, a second", keys(sent, accepted, told), chart.svg());
  }

  private Figure memory() {
    var resident =
        new Series("resident (RSS)", "s1", samples(sample -> sample.residentBytes() / MEBIBYTE));
    var heap = new Series("heap after a collection", "s2", points(run.timeline().heap()));
    var inUse = new Series("heap in use (full collections)", "s3", points(run.timeline().inUse()));
    var highest = Math.max(resident.max(), heap.max());
    var chart =
        Chart.overTime(
            seconds, highest, new Labels("Memory", RunCharts::time, RunCharts::mebibytes));
    chart.area(resident).dots(heap).line(inUse).dots(inUse);
    addPhases(chart);
    var keys = inUse.points().isEmpty() ? keys(resident, heap) : keys(resident, heap, inUse);
    return new Figure("Memory of the server", keys, chart.svg());
  }

  private List<Point> points(List<HeapPoint> heap) {
    return heap.stream()
        .map(point -> new Point(point.atSeconds() - offset(), point.bytes() / MEBIBYTE))
        .filter(point -> point.x() >= 0)
        .toList();
  }

  private Figure lanes() {
    var lanes = new Series("lanes", "s1", samples(sample -> Math.max(0, sample.lanes())));
    var chart =
        Chart.overTime(
            seconds,
            Math.max(10, lanes.max()),
            new Labels("Lanes", RunCharts::time, RunCharts::plain));
    chart.area(lanes);
    addPhases(chart);
    return new Figure("Lanes: calls that wait at a webhook", keys(lanes), chart.svg());
  }

  private void addPhases(Chart chart) {
    chart.markAll(
        run.phases().stream()
            .map(phase -> new Mark(Math.max(0, secondsAt(phase.fromNanos())), phase.name()))
            .toList());
  }

  private List<Point> samples(ToDoubleFunction<Sample> value) {
    return run.timeline().samples().stream()
        .map(sample -> new Point(secondsAt(sample.atNanos()), value.applyAsDouble(sample)))
        .toList();
  }

  /** From the zero of what is counted by the second to that of the charts, in seconds. */
  private double offset() {
    return (zeroNanos - run.timeline().beganNanos()) / NANOS;
  }

  private List<Point> perSecond(List<Long> counts) {
    var points = new ArrayList<Point>();
    for (var second = 0; second < counts.size(); second++) {
      var at = second + 0.5 - offset();
      if (at >= 0) {
        points.add(new Point(at, counts.get(second)));
      }
    }
    return points;
  }

  private static List<Key> keys(Series... series) {
    var keys = new ArrayList<Key>();
    for (var one : series) {
      keys.add(new Key(one.name(), one.style()));
    }
    return keys;
  }

  private static String time(double seconds) {
    return Numbers.count(Math.round(seconds)) + " s";
  }

  private static String mebibytes(double mebibytes) {
    return Numbers.count(Math.round(mebibytes)) + " MiB";
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Numbers.count(Math.round(value)) : String.valueOf(value);
  }
}
