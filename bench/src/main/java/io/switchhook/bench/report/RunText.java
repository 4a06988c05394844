package io.switchhook.bench.report;

import static io.switchhook.bench.report.Numbers.bytes;
import static io.switchhook.bench.report.Numbers.count;
import static io.switchhook.bench.report.Numbers.millis;
import static io.switchhook.bench.report.Numbers.short3;

import io.switchhook.bench.run.Figures;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.RunResult.HeapPoint;
import io.switchhook.bench.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The facts of a run, as sentences and rows; the same for a terminal and for a page. */
final class RunText {
  /** Percentiles that are told, and their names. */
  static final List<Percentile> PERCENTILES =
      List.of(
          new Percentile("p50", 50),
          new Percentile("p90", 90),
          new Percentile("p99", 99),
          new Percentile("p99.9", 99.9));

  private RunText() {}

  record Percentile(String name, double value) {}

  /** A fact and its name. */
  record Fact(String name, String words) {}

  /** One line of latencies, in milliseconds. */
  record LatencyRow(String phase, String className, String events, List<String> millis) {}

  static List<Fact> facts(RunResult run) {
    var facts = new ArrayList<Fact>();
    var account = run.account();
    facts.add(
        new Fact(
            "Events",
            "%s sent = %s accepted + %s refused + %s unanswered"
                .formatted(
                    count(account.sent()),
                    count(account.accepted()),
                    count(account.refused()),
                    count(account.unanswered()))));
    facts.add(
        new Fact(
            "Deliveries",
            "%s wanted = %s delivered + %s given up%s + %s outstanding%s"
                .formatted(
                    count(account.wanted()),
                    count(account.delivered()),
                    count(account.givenUpInAll()),
                    reasons(run),
                    count(account.outstanding()),
                    account.lost() == 0 ? "" : " + " + count(account.lost()) + " lost")));
    facts.add(
        new Fact(
            "Requests",
            "%s at receivers, %s of them repeats%s"
                .formatted(
                    count(account.requests()),
                    count(account.repeats()),
                    account.kills() == 0 ? "" : " after " + account.kills() + " kill -9")));
    run.figures().stream().filter(it -> it.events() > 0).forEach(it -> facts.add(cost(it)));
    facts.add(new Fact("Server", server(run)));
    facts.add(new Fact("Bench", bench(run)));
    return facts;
  }

  private static String reasons(RunResult run) {
    var reasons = run.account().givenUp();
    return reasons.isEmpty()
        ? ""
        : reasons.entrySet().stream()
            .map(reason -> reason.getKey() + " " + count(reason.getValue()))
            .sorted()
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static Fact cost(Figures figures) {
    return new Fact(
        "Cost, " + figures.phase(),
        "%s events/s; server %s CPU-s per 100,000 events%s; generator and receivers %s µs an event"
            .formatted(
                count(Math.round(figures.eventsPerSecond())),
                short3(figures.cpuSecondsPer100k()),
                figures.writtenBytesPerEvent() < 0
                    ? ""
                    : ", "
                        + count(Math.round(figures.writtenBytesPerEvent()))
                        + " bytes written an event",
                short3(figures.threadsMicrosPerEvent())));
  }

  private static String server(RunResult run) {
    var heap = run.timeline().heap();
    var text = new StringBuilder();
    if (run.server().residentBytesMax() > 0) {
      text.append(bytes(run.server().residentBytesMax())).append(" RSS at most; ");
    }
    if (!heap.isEmpty()) {
      text.append(
          "heap after a collection %s at most, %s in the end; longest pause %s ms; "
              .formatted(
                  bytes(heap.stream().mapToLong(HeapPoint::bytes).max().orElse(0)),
                  bytes(heap.getLast().bytes()),
                  short3(heap.stream().mapToDouble(HeapPoint::pauseMillis).max().orElse(0))));
    }
    var lanes = run.timeline().samples().stream().mapToLong(Sample::lanes).max().orElse(-1);
    if (lanes >= 0) {
      text.append(count(lanes)).append(" lanes at most; ");
    }
    var detached = run.timeline().samples().stream().mapToLong(Sample::detached).max().orElse(-1);
    if (detached >= 0) {
      text.append(count(detached)).append(" webhooks detached at most; ");
    }
    return text.append("ready after ")
        .append(
            run.server().readyMillis().stream()
                .map(it -> count(it) + " ms")
                .collect(Collectors.joining(", ")))
        .append("; fsyncs are not counted by it")
        .toString();
  }

  private static String bench(RunResult run) {
    return "requests handed over late by %s ms (p99), %s ms at most; waited in a receiver %s ms (p99)"
        .formatted(
            millis(run.lateMicros().getValueAtPercentile(99)),
            millis(run.lateMicros().getMaxValue()),
            millis(run.turnMicros().getValueAtPercentile(99)));
  }

  static List<LatencyRow> latencies(RunResult run) {
    var rows = new ArrayList<LatencyRow>();
    for (var phase : run.latencies().phases()) {
      for (var ofClass : phase.classes()) {
        var micros = ofClass.micros();
        if (micros.getTotalCount() > 0) {
          var millis = new ArrayList<String>();
          PERCENTILES.forEach(it -> millis.add(millis(micros.getValueAtPercentile(it.value()))));
          millis.add(millis(micros.getMaxValue()));
          rows.add(
              new LatencyRow(phase.name(), ofClass.name(), count(micros.getTotalCount()), millis));
        }
      }
    }
    return rows;
  }
}
