package io.switchhook.bench;

import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import io.switchhook.bench.receive.Mood;
import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report;
import io.switchhook.bench.report.TerminalReport;
import io.switchhook.bench.run.Pace;
import io.switchhook.bench.run.ParkedLanes;
import io.switchhook.bench.run.Rig;
import io.switchhook.bench.run.RigSettings;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.scenario.CommonOptions;
import io.switchhook.bench.scenario.Kills;
import io.switchhook.bench.scenario.Machine;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: one run at a fixed rate. */
@Command(
    name = "switchhook bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a server and balances a ledger of every single delivery.",
      "",
      "It starts a server on an empty folder, sends call logs at a fixed rate",
      "whatever the server does, and receives the webhooks.",
      ""
    },
    footer = {
      "",
      "Latency counts from the time at which an event was due to the first byte at",
      "the receiver.",
      "Exit codes: 0 done, 1 a promise was broken or a check failed, 2 wrong use,",
      "3 void: the ledger does not balance, or generator or receivers were too slow.",
      "",
      "Examples:",
      "  switchhook bench --rate 1000 --duration 60s --receivers 50",
      "  switchhook bench --rate 20000 --batch 50 --receivers 200 --html report.html",
      "  switchhook bench --rate 1000 --receivers 50 --dead 1 --fail 0.1",
      "  switchhook bench isolation"
    })
final class BenchCommand implements Callable<Integer> {
  private static final Duration SLOW_AFTER = Duration.ofSeconds(2);
  private static final int REPEAT_MAX = 100;
  private static final Duration CALL_PAUSE = Duration.ofMillis(500);

  private final Terminal terminal;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--rate", paramLabel = "R", description = "Events a second. Default: 1000")
  double rate = 1_000;

  @Option(names = "--duration", paramLabel = "D", description = "What is measured. Default: 30s")
  Duration duration = Duration.ofSeconds(30);

  @Option(names = "--warm-up", paramLabel = "D", description = "Before it. Default: 10s")
  Duration warmUp = Duration.ofSeconds(10);

  @Option(
      names = "--warm-up-rate",
      paramLabel = "R",
      description = "Events a second before it. Default: as --rate")
  @Nullable Double warmUpRate;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      description = "Addresses that are told. Default: 10")
  int receivers = 10;

  @Option(
      names = "--webhooks",
      paramLabel = "W",
      description = "Dealt out to the receivers in turn. Default: as many as receivers")
  @Nullable Integer webhooks;

  @Option(
      names = "--fan-out",
      paramLabel = "F",
      description = "Webhooks that each event is told. Default: 1")
  int fanOut = 1;

  @Option(
      names = "--companies",
      paramLabel = "C",
      description = "That the webhooks are dealt out to. Default: 1")
  int companies = 1;

  @Option(names = "--batch", paramLabel = "B", description = "Events of one request. Default: 1")
  int batch = 1;

  @Option(
      names = "--events-per-call",
      paramLabel = "E",
      description = "Default: ${DEFAULT-VALUE}, half a second apart")
  int eventsPerCall = 4;

  @Option(names = "--after-call", description = "After-call logs; without it, in-call logs.")
  boolean afterCall;

  @Option(
      names = "--fail",
      paramLabel = "P",
      description = "Share of the requests that receivers answer with 503 or 500: 0.3 or 30%%")
  String fail = "0";

  @Option(
      names = "--slow",
      paramLabel = "Q",
      description = "Receivers that take two seconds to answer. Default: 0")
  int slow;

  @Option(
      names = "--dead",
      paramLabel = "K",
      description = "Receivers that never answer. Default: 0")
  int dead;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Runs, each with a new server; medians are told, too. Default: 1")
  int repeat = 1;

  @Option(
      names = "--kill",
      paramLabel = "K",
      description = "Times that the server is killed, as by kill -9, and started again. Default: 0")
  int kills;

  @Option(
      names = "--events-before",
      paramLabel = "N",
      description = "That the journal holds before the server is started. Default: 0")
  long eventsBefore;

  @Option(
      names = "--parked-lanes",
      paramLabel = "N",
      description =
          "Calls that wait for an hour beside what is measured, for receivers that refuse them. Default: 0")
  int parkedLanes;

  @Option(
      names = "--settings",
      paramLabel = "YAML",
      description = "Settings of the server, such as 'delivery: {timeout: 2s}'.")
  String serverSettings = "";

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeat < 1 || repeat > REPEAT_MAX) {
      throw wrong("--repeat must be from 1 to " + REPEAT_MAX);
    }
    if (rate <= 0 || (warmUpRate != null && warmUpRate <= 0)) {
      throw wrong("--rate and --warm-up-rate must be above 0");
    }
    if (parkedLanes > 0 && !serverSettings.isBlank()) {
      throw wrong("--parked-lanes brings settings of its own: leave --settings out");
    }
    var layout = layout();
    var receivers = receivers();
    var results = new ArrayList<RunResult>();
    for (var number = 1; number <= repeat; number++) {
      var settings =
          new RigSettings(
                  title(layout) + (repeat == 1 ? "" : ", run %d of %d".formatted(number, repeat)),
                  common.folder(),
                  layout,
                  afterCall ? LogKind.AFTER_CALL : LogKind.IN_CALL,
                  receivers,
                  parkedLanes > 0 ? ParkedLanes.SETTINGS : serverSettings,
                  common.options(),
                  common.instrument())
              .after(eventsBefore);
      try (var rig = Rig.start(settings);
          var _ = ParkedLanes.make(rig, parkedLanes)) {
        var result = run(rig, receivers);
        new TerminalReport(terminal).print(result);
        results.add(result);
      }
    }
    var report =
        new Report("Switchhook bench", Machine.lines(common.options()), List.of(), results);
    return common.publish(report, terminal);
  }

  private RunResult run(Rig rig, List<RigSettings.Receiver> receivers)
      throws IOException, InterruptedException {
    var well =
        receivers.stream()
            .map(RigSettings.Receiver::className)
            .distinct()
            .toList()
            .indexOf(new Mood.Well().word());
    var shape =
        new Shape(
            afterCall ? LogKind.AFTER_CALL : LogKind.IN_CALL, batch, eventsPerCall, CALL_PAUSE);
    rig.phase("warm-up");
    var atFirst = warmUpRate == null ? rate : warmUpRate;
    var _ = rig.send(Traffic.toAll(rig.layout(), atFirst, shape, warmUp).named(0, "warm-up"));
    rig.pause(warmUp);
    rig.phase("measured");
    var sending = rig.send(Traffic.toAll(rig.layout(), rate, shape, duration).named(1, "measured"));
    var from = rig.pacePoint(well);
    Kills.during(rig, duration, kills, new Random(common.seed()));
    var to = rig.pacePoint(well);
    rig.phase("drain");
    var _ = rig.await(sending::isHanded, Duration.ofSeconds(10));
    var _ = rig.drain();
    return rig.finish().withPace(new Pace(from, to, fanOut, wellShare(rig.layout(), receivers)));
  }

  /** The share of the webhooks that are at receivers which are well. */
  private static double wellShare(Layout layout, List<RigSettings.Receiver> receivers) {
    return IntStream.range(0, layout.webhooks())
            .filter(it -> receivers.get(it % receivers.size()).mood() instanceof Mood.Well)
            .count()
        / (double) layout.webhooks();
  }

  private Layout layout() {
    var all = webhooks == null ? receivers : webhooks;
    var groups = all / Math.max(1, fanOut);
    if (receivers < 1 || fanOut < 1 || all % fanOut != 0) {
      throw wrong("--webhooks must be a multiple of --fan-out");
    }
    if (companies < 1 || groups % companies != 0) {
      throw wrong("--webhooks / --fan-out must be a multiple of --companies");
    }
    if (batch < 1 || batch > Traffic.BATCH_MAX) {
      throw wrong("--batch must be from 1 to " + Traffic.BATCH_MAX);
    }
    return new Layout(companies, groups, fanOut);
  }

  private List<RigSettings.Receiver> receivers() {
    var share = share();
    if (slow + dead > receivers) {
      throw wrong("--slow and --dead are more than --receivers");
    }
    var all = new ArrayList<RigSettings.Receiver>();
    for (var i = 0; i < receivers; i++) {
      Mood mood = share > 0 ? new Mood.Failing(share) : new Mood.Well();
      if (i >= receivers - dead) {
        mood = new Mood.Silent();
      } else if (i >= receivers - dead - slow) {
        mood = new Mood.Slow(SLOW_AFTER);
      }
      all.add(RigSettings.Receiver.of(mood));
    }
    return all;
  }

  private double share() {
    try {
      var percent = fail.endsWith("%");
      var number = Double.parseDouble(percent ? fail.substring(0, fail.length() - 1) : fail);
      var share = percent ? number / 100 : number;
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw wrong("--fail must be a share such as 0.3 or 30%");
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private String title(Layout layout) {
    return "%s events/s for %s, %s, %s webhooks at %s receivers%s%s"
        .formatted(
            Numbers.count(Math.round(rate)),
            Numbers.time(duration),
            batch == 1 ? "one by one" : "batches of " + batch,
            Numbers.count(layout.webhooks()),
            Numbers.count(receivers),
            (fanOut == 1 ? "" : ", each event to " + fanOut)
                + (eventsBefore == 0 ? "" : ", after " + Numbers.count(eventsBefore) + " events")
                + (parkedLanes == 0 ? "" : ", beside " + Numbers.count(parkedLanes) + " lanes"),
            kills == 0 ? "" : ", " + kills + " kill -9");
  }
}
