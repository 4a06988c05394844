package io.switchhook.bench.report;

import static io.switchhook.bench.report.Numbers.bytes;
import static io.switchhook.bench.report.Numbers.count;
import static io.switchhook.bench.report.Numbers.millis;
import static io.switchhook.bench.report.Numbers.short3;

import io.switchhook.bench.run.Figures;
import io.switchhook.bench.run.Pace;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.RunResult.HeapPoint;
import io.switchhook.bench.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    var pace = run.pace();
    if (pace != null) {
      facts.add(pace(pace));
    }
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

  /** Whether the run counts, in one line; what it found is below. */
  static String verdict(RunResult run) {
    var broken =
        run.verdict().isKept() ? "" : "BROKEN: " + String.join("; ", run.verdict().broken());
    if (!run.verdict().isValid()) {
      var reasons = String.join(" ", run.verdict().voidBecause());
      return ("VOID, this measured nothing: " + reasons + " " + broken).strip();
    }
    return broken.isEmpty()
        ? "VALID: the ledger balances, and the bench was not what was slow."
        : broken;
  }

  /** What must be said when the server did not keep up; empty when it did. */
  static String behind(RunResult run) {
    var pace = run.pace();
    return pace == null || pace.isKept()
        ? ""
        : "THE SERVER DID NOT KEEP UP: %s events/s were offered, %s accepted, %s delivered; %s were outstanding at the end of the measured phase, %s at its beginning."
            .formatted(
                count(Math.round(pace.offeredPerSecond())),
                count(Math.round(pace.acceptedPerSecond())),
                count(Math.round(pace.deliveredPerSecond())),
                count(pace.outstandingAfter()),
                count(pace.outstandingBefore()));
  }

  private static Fact pace(Pace pace) {
    return new Fact(
        "Pace, measured",
        "%s events/s offered, %s accepted, %s deliveries/s; outstanding %s at its beginning, %s at its end"
            .formatted(
                count(Math.round(pace.offeredPerSecond())),
                count(Math.round(pace.acceptedPerSecond())),
                count(Math.round(pace.deliveredPerSecond())),
                count(pace.outstandingBefore()),
                count(pace.outstandingAfter())));
  }

  private static Fact cost(Figures figures) {
    return new Fact(
        "Cost, " + figures.phase(),
        "%s events/s; server %s CPU-s per 100,000 events%s%s; generator %s + receivers %s = %s µs an event, %s"
            .formatted(
                count(Math.round(figures.eventsPerSecond())),
                short3(figures.cpuSecondsPer100k()),
                figures.writtenBytesPerEvent() < 0
                    ? ""
                    : ", "
                        + count(Math.round(figures.writtenBytesPerEvent()))
                        + " bytes written an event",
                disk(figures),
                short3(figures.generatorMicros()),
                short3(figures.receiversMicros()),
                short3(figures.threadsMicrosPerEvent()),
                (figures.isInstrumentDear() ? "ABOVE the limit of " : "limit ")
                    + count(Math.round(Figures.THREADS_MICROS_MAX))));
  }

  private static String disk(Figures figures) {
    if (!figures.disk().isKnown()) {
      return ", fsyncs not told by it";
    }
    var commits =
        figures.disk().commits().entrySet().stream()
            .filter(it -> it.getValue() > 0)
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(it -> it.getKey() + " " + short3(figures.perSecond(it.getValue())))
            .collect(Collectors.joining(", "));
    return ", about %s fsyncs/s (%s commits/s%s)"
        .formatted(
            short3(figures.fsyncsPerSecond()),
            short3(figures.commitsPerSecond()),
            commits.isEmpty() ? "" : ": " + commits);
  }

  private static String server(RunResult run) {
    var heap = run.timeline().heap();
    var text = new StringBuilder();
    if (run.server().residentBytesMax() > 0) {
      text.append(bytes(run.server().residentBytesMax()))
          .append(" RSS at the peak of its whole life (VmHWM)");
      run.figures().stream()
          .filter(it -> it.phase().equals("measured") && it.residentBytesMax() > 0)
          .forEach(
              it ->
                  text.append(", ")
                      .append(bytes(it.residentBytesMax()))
                      .append(" at looks in the measured phase"));
      text.append("; ");
    }
    if (!heap.isEmpty()) {
      text.append(
          "heap after a collection %s at most, %s in the end; longest pause %s ms; "
              .formatted(
                  bytes(heap.stream().mapToLong(HeapPoint::bytes).max().orElse(0)),
                  bytes(heap.getLast().bytes()),
                  short3(heap.stream().mapToDouble(HeapPoint::pauseMillis).max().orElse(0))));
    }
    var inUse = run.timeline().inUse();
    if (!inUse.isEmpty()) {
      text.append(
          "heap in use %s at most, %s in the end; "
              .formatted(
                  bytes(inUse.stream().mapToLong(HeapPoint::bytes).max().orElse(0)),
                  bytes(inUse.getLast().bytes())));
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
        .append("; started with ")
        .append(String.join(" ", run.server().options()))
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
