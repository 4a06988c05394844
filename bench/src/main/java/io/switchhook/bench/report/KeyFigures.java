package io.switchhook.bench.report;

import static io.switchhook.bench.report.Numbers.bytes;
import static io.switchhook.bench.report.Numbers.count;
import static io.switchhook.bench.report.Numbers.short3;

import io.switchhook.bench.ledger.Latencies.OfClass;
import io.switchhook.bench.run.Figures;
import io.switchhook.bench.run.Pace;
import io.switchhook.bench.run.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of a run's measured phase that runs are compared by. */
final class KeyFigures {
  private static final String MEASURED = "measured";
  private static final double MICROS_PER_MILLI = 1_000;

  /** A figure: NaN where it is not known. */
  record KeyFigure(
      String name,
      String jsonName,
      ToDoubleFunction<RunResult> value,
      DoubleFunction<String> words) {
    String wordsOf(RunResult run) {
      return wordsOf(value.applyAsDouble(run));
    }

    String wordsOf(double figure) {
      return Double.isNaN(figure) ? "–" : words.apply(figure);
    }
  }

  private static final List<KeyFigure> ALL = all();

  private KeyFigures() {}

  private static List<KeyFigure> all() {
    var all = new ArrayList<KeyFigure>();
    all.add(paced("Offered, events/s", "offered_per_second", Pace::offeredPerSecond));
    all.add(paced("Accepted, events/s", "accepted_per_second", Pace::acceptedPerSecond));
    all.add(paced("Delivered, a second", "delivered_per_second", Pace::deliveredPerSecond));
    all.add(paced("Outstanding at its end", "outstanding_at_end", Pace::outstandingAfter));
    for (var percentile : RunText.PERCENTILES) {
      all.add(
          latency(
              percentile.name(),
              ofClass -> ofClass.micros().getValueAtPercentile(percentile.value())));
    }
    all.add(latency("max", ofClass -> ofClass.micros().getMaxValue()));
    all.add(
        cost(
            "Server, CPU-s per 100,000 events",
            "server_cpu_seconds_per_100000",
            Figures::cpuSecondsPer100k));
    all.add(
        new KeyFigure(
            "Server, peak RSS",
            "server_rss_bytes_max",
            run -> positive((double) run.server().residentBytesMax()),
            value -> bytes(value)));
    all.add(
        cost(
            "Bytes written an event",
            "written_bytes_per_event",
            it -> positive(it.writtenBytesPerEvent())));
    all.add(cost("Commits a second", "commits_per_second", it -> positive(it.commitsPerSecond())));
    all.add(cost("fsyncs a second", "fsyncs_per_second", it -> positive(it.fsyncsPerSecond())));
    all.add(
        cost(
            "Generator and receivers, µs an event",
            "generator_and_receivers_us_per_event",
            Figures::threadsMicrosPerEvent));
    return List.copyOf(all);
  }

  private static KeyFigure paced(String name, String jsonName, ToDoubleFunction<Pace> value) {
    return new KeyFigure(
        name,
        jsonName,
        run -> {
          var pace = run.pace();
          return pace == null ? Double.NaN : value.applyAsDouble(pace);
        },
        it -> count(Math.round(it)));
  }

  private static KeyFigure cost(String name, String jsonName, ToDoubleFunction<Figures> value) {
    return new KeyFigure(
        name, jsonName, run -> measured(run, value::applyAsDouble), it -> short3(it));
  }

  private static double measured(RunResult run, Function<Figures, Double> value) {
    return run.figures().stream()
        .filter(it -> it.phase().equals(MEASURED) && it.events() > 0)
        .findFirst()
        .map(value)
        .orElse(Double.NaN);
  }

  private static KeyFigure latency(String name, ToDoubleFunction<OfClass> micros) {
    return new KeyFigure(
        "Latency " + name + ", ms",
        name + "_ms",
        run ->
            run.latencies().phases().stream()
                .filter(phase -> phase.name().equals(MEASURED))
                .flatMap(phase -> phase.classes().stream())
                .filter(ofClass -> ofClass.micros().getTotalCount() > 0)
                .findFirst()
                .map(ofClass -> micros.applyAsDouble(ofClass) / MICROS_PER_MILLI)
                .orElse(Double.NaN),
        it -> short3(it));
  }

  private static double positive(double value) {
    return value < 0 ? Double.NaN : value;
  }

  /** The figures that at least one of these runs has. */
  static List<KeyFigure> of(List<RunResult> runs) {
    return ALL.stream().filter(figure -> median(figure, runs).isPresent()).toList();
  }

  /**
   * The median over the runs that have it: of an even number of them, the mean of the middle two.
   */
  static OptionalDouble median(KeyFigure figure, List<RunResult> runs) {
    var values =
        runs.stream()
            .map(run -> figure.value().applyAsDouble(run))
            .filter(value -> !Double.isNaN(value))
            .sorted(Comparator.naturalOrder())
            .toList();
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    var middle = values.size() / 2;
    return OptionalDouble.of(
        values.size() % 2 == 1
            ? values.get(middle)
            : (values.get(middle - 1) + values.get(middle)) / 2);
  }
}
