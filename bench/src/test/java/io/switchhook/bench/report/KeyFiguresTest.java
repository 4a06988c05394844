package io.switchhook.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.ledger.Account;
import io.switchhook.bench.ledger.Latencies;
import io.switchhook.bench.ledger.Latencies.OfClass;
import io.switchhook.bench.ledger.Latencies.OfPhase;
import io.switchhook.bench.ledger.Verdict;
import io.switchhook.bench.process.DiskCounts;
import io.switchhook.bench.run.Figures;
import io.switchhook.bench.run.Pace;
import io.switchhook.bench.run.Pace.Point;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.RunResult.ServerFacts;
import io.switchhook.bench.run.RunResult.Timeline;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class KeyFiguresTest {
  private static final DiskCounts DISK =
      new DiskCounts(Map.of("journal", 900L, "state", 60L), Map.of("journal", 20L));

  /** A run of ten seconds whose events all took so long. */
  private static RunResult run(double millis, double micros, long toldAtEnd) {
    var histogram = new Histogram(3);
    histogram.recordValue(Math.round(millis * 1_000));
    return new RunResult(
        "a run",
        new Account(10, 10, 0, 0, 10, 10, Map.of(), 0, 0, 10, 0, 0, 0, List.of()),
        new Verdict(List.of(), List.of()),
        new Latencies(List.of(new OfPhase("measured", List.of(new OfClass("healthy", histogram))))),
        List.of(),
        List.of(new Figures("measured", 10, 1_000, 12, -1, micros - 4, 4, 40, 1 << 20, DISK)),
        new Timeline(0, List.of(), List.of(), List.of(), List.of(), List.of()),
        new ServerFacts(1 << 21, List.of(1_000L), List.of("-Xmx512m")),
        new Histogram(3),
        new Histogram(3),
        new Pace(
            new Point(0, 0, 0, 0, 0),
            new Point(10_000_000_000L, 1_000, 1_000, toldAtEnd, toldAtEnd),
            1,
            1));
  }

  private static Report report(RunResult... runs) {
    return new Report("Switchhook bench", List.of(), List.of(), List.of(runs));
  }

  private static double median(String jsonName, RunResult... runs) {
    return KeyFigures.of(List.of(runs)).stream()
        .filter(it -> it.jsonName().equals(jsonName))
        .map(it -> KeyFigures.median(it, List.of(runs)).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void medianIsTheMiddleOneAndOfAnEvenNumberTheMeanOfTwo() {
    assertThat(median("p50_ms", run(9, 10, 1_000), run(1, 10, 1_000), run(2, 10, 1_000)))
        .isEqualTo(2);
    assertThat(median("p50_ms", run(1, 10, 1_000), run(2, 10, 1_000))).isEqualTo(1.5);
  }

  @Test
  void figureThatNoRunKnowsIsNotTold() {
    assertThat(KeyFigures.of(List.of(run(1, 10, 1_000))))
        .extracting(KeyFigures.KeyFigure::jsonName)
        .contains("p99.9_ms", "max_ms", "fsyncs_per_second", "server_rss_bytes_max")
        .doesNotContain("written_bytes_per_event");
  }

  @Test
  void fsyncsAreCommitsAndTwoForEachCheckpoint() {
    assertThat(median("commits_per_second", run(1, 10, 1_000))).isEqualTo(96);
    assertThat(median("fsyncs_per_second", run(1, 10, 1_000))).isEqualTo(100);
  }

  @Test
  void instrumentThatCostsTooMuchIsToldSo() {
    assertThat(RunText.facts(run(1, 25, 1_000)).toString())
        .contains("generator 21.0 + receivers 4.00 = 25.0 µs an event, limit 25");
    assertThat(RunText.facts(run(1, 26, 1_000)).toString()).contains("ABOVE the limit of 25");
  }

  @Test
  void serverThatDoesNotKeepUpIsToldSoEverywhere() {
    assertThat(RunText.behind(run(1, 10, 950))).isEmpty();
    var behind = report(run(1, 10, 500));
    assertThat(RunText.behind(behind.runs().getFirst()))
        .contains("DID NOT KEEP UP", "100 events/s were offered", "500 were outstanding");
    assertThat(HtmlReport.of(behind)).contains("DID NOT KEEP UP");
    assertThat(JsonReport.of(behind)).contains("\"kept_up\" : false");
  }

  @Test
  void severalRunsAreAllInJsonAndPageWithTheirMedians() {
    var report = report(run(1, 10, 1_000), run(3, 12, 1_000), run(2, 11, 1_000));
    assertThat(JsonReport.of(report))
        .contains("\"medians\"", "\"p50_ms\" : 2.0", "\"p50_ms\" : 3.");
    assertThat(HtmlReport.of(report)).contains("Median of 3 runs", "<th>Run 3");
  }
}
