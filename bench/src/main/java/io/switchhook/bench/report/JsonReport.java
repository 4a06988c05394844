package io.switchhook.bench.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.bench.run.Figures;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report as JSON: times in the unit that the name says, counted from the run's beginning. */
public final class JsonReport {
  private static final double NANOS = 1e9;

  private JsonReport() {}

  /** The whole report, for people to read, too. */
  public static String of(Report report) {
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(json(report))
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }

  private static ObjectNode json(Report report) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("title", report.title());
    var setting = json.putArray("setting");
    report.setting().forEach(setting::add);
    json.put("exit_code", report.exitCode());
    var checks = json.putArray("checks");
    for (var check : report.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("measured", check.measured())
          .put("allowed", check.allowed())
          .put("passed", check.passed());
    }
    if (report.isRepeated()) {
      var medians = json.putObject("medians");
      for (var figure : KeyFigures.of(report.runs())) {
        medians.put(
            figure.jsonName(),
            rounded(KeyFigures.median(figure, report.runs()).orElse(Double.NaN)));
      }
    }
    var runs = json.putArray("runs");
    report.runs().forEach(run -> runs.add(json(run)));
    return json;
  }

  private static ObjectNode json(RunResult run) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", run.name());
    var reasons = json.putArray("void_because");
    run.verdict().voidBecause().forEach(reasons::add);
    var broken = json.putArray("broken");
    run.verdict().broken().forEach(broken::add);
    json.put("verdict", RunText.verdict(run));
    addMeasured(json, run);
    addAccount(json, run);
    addLatencies(json, run);
    addFigures(json, run);
    var server = json.putObject("server");
    server.put("rss_bytes_max", run.server().residentBytesMax());
    putLongs(server, "ready_ms", run.server().readyMillis());
    var options = server.putArray("options");
    run.server().options().forEach(options::add);
    var bench = json.putObject("bench");
    bench.put("late_ms_p99", run.lateMicros().getValueAtPercentile(99) / 1e3);
    bench.put("late_ms_max", run.lateMicros().getMaxValue() / 1e3);
    bench.put("waited_in_receiver_ms_p99", run.turnMicros().getValueAtPercentile(99) / 1e3);
    addTimeline(json, run);
    return json;
  }

  /** The figures that runs are compared by. */
  private static void addMeasured(ObjectNode json, RunResult run) {
    var pace = run.pace();
    if (pace == null) {
      return;
    }
    json.put("kept_up", pace.isKept());
    var node = json.putObject("measured");
    for (var figure : KeyFigures.of(List.of(run))) {
      node.put(figure.jsonName(), rounded(figure.value().applyAsDouble(run)));
    }
    node.put("outstanding_at_beginning", pace.outstandingBefore());
    node.put("generator_and_receivers_us_per_event_max", Figures.THREADS_MICROS_MAX);
  }

  private static void addAccount(ObjectNode json, RunResult run) {
    var account = run.account();
    var node = json.putObject("ledger");
    node.put("sent", account.sent()).put("accepted", account.accepted());
    node.put("refused", account.refused()).put("unanswered", account.unanswered());
    node.put("wanted", account.wanted()).put("delivered", account.delivered());
    var givenUp = node.putObject("given_up");
    account.givenUp().forEach(givenUp::put);
    node.put("outstanding", account.outstanding()).put("lost", account.lost());
    node.put("requests", account.requests()).put("repeats", account.repeats());
    node.put("duplicates", account.duplicates()).put("kills", account.kills());
  }

  private static void addLatencies(ObjectNode json, RunResult run) {
    var list = json.putArray("latency");
    for (var phase : run.latencies().phases()) {
      for (var ofClass : phase.classes()) {
        var micros = ofClass.micros();
        var node = list.addObject();
        node.put("phase", phase.name()).put("of", ofClass.name());
        node.put("events", micros.getTotalCount());
        for (var percentile : RunText.PERCENTILES) {
          node.put(
              percentile.name() + "_ms", micros.getValueAtPercentile(percentile.value()) / 1e3);
        }
        node.put("max_ms", micros.getMaxValue() / 1e3);
      }
    }
  }

  private static void addFigures(ObjectNode json, RunResult run) {
    var list = json.putArray("cost");
    for (var figures : run.figures()) {
      var node = list.addObject();
      node.put("phase", figures.phase()).put("seconds", rounded(figures.seconds()));
      node.put("events", figures.events());
      node.put("events_per_second", rounded(figures.eventsPerSecond()));
      node.put("server_cpu_seconds_per_100000", rounded(figures.cpuSecondsPer100k()));
      if (figures.writtenBytesPerEvent() >= 0) {
        node.put("written_bytes_per_event", rounded(figures.writtenBytesPerEvent()));
      }
      if (figures.disk().isKnown()) {
        node.put("fsyncs_per_second", rounded(figures.fsyncsPerSecond()));
        putCounts(node.putObject("commits"), figures.disk().commits());
        putCounts(node.putObject("checkpoints"), figures.disk().checkpoints());
      }
      node.put("rss_bytes_max_at_looks", figures.residentBytesMax());
      node.put("generator_us_per_event", rounded(figures.generatorMicros()));
      node.put("receivers_us_per_request", rounded(figures.receiversMicros()));
      node.put("generator_and_receivers_us_per_event", rounded(figures.threadsMicrosPerEvent()));
      node.put("bench_process_us_per_event", rounded(figures.benchMicrosPerEvent()));
    }
  }

  private static void addTimeline(ObjectNode json, RunResult run) {
    var timeline = run.timeline();
    var node = json.putObject("per_second");
    putLongs(node, "sent", timeline.sent());
    putLongs(node, "accepted", timeline.accepted());
    putLongs(node, "delivered", timeline.told());
    var samples = json.putArray("samples");
    for (var sample : timeline.samples()) {
      add(samples.addObject(), sample, timeline.beganNanos());
    }
    var heap = json.putArray("heap_after_collection");
    for (var point : timeline.heap()) {
      heap.addObject()
          .put("at_s", rounded(point.atSeconds()))
          .put("bytes", point.bytes())
          .put("full", point.isFull());
    }
  }

  private static void add(ObjectNode node, Sample sample, long beganNanos) {
    node.put("at_s", rounded((sample.atNanos() - beganNanos) / NANOS));
    node.put("events", sample.events());
    node.put("server_cpu_s", rounded(sample.cpuSeconds()));
    node.put("rss_bytes", sample.residentBytes());
    node.put("lanes", sample.lanes()).put("detached", sample.detached());
  }

  private static void putCounts(ObjectNode json, Map<String, Long> counts) {
    new TreeMap<>(counts).forEach(json::put);
  }

  private static void putLongs(ObjectNode json, String name, List<Long> values) {
    var list = json.putArray(name);
    values.forEach(list::add);
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
  }
}
