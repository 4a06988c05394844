package io.switchhook.bench.scenario;

import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Sending;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.load.Traffic.Groups;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import io.switchhook.bench.receive.Mood;
import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report;
import io.switchhook.bench.report.Report.Check;
import io.switchhook.bench.report.TerminalReport;
import io.switchhook.bench.run.Rig;
import io.switchhook.bench.run.RigSettings;
import io.switchhook.bench.run.RunResult;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench backlog}: a receiver that was dead for a million events. */
@Command(
    name = "backlog",
    mixinStandardHelpOptions = true,
    description = {
      "A receiver that was dead for a million after-call events, and 256 MB of heap.",
      "",
      "What that does to another receiver, how soon the server is ready again after a",
      "restart, and whether all arrive in order when the receiver is well again.",
      ""
    })
public final class BacklogCommand implements Callable<Integer> {
  private static final String LIVE = "live";
  private static final String DEAD = "dead, then well";
  private static final int LIVE_RECEIVER = 0;
  private static final int DEAD_RECEIVER = 1;
  private static final Duration READY_MAX = Duration.ofSeconds(5);

  /** While a backlog is told at full speed the machine is busy; nobody may wait for their turn. */
  private static final long DRAINING_MICROS_MAX = 50_000;

  private static final Duration LIVE_MAX = Duration.ofHours(2);
  private static final Duration SAY_EVERY = Duration.ofSeconds(10);

  private final Terminal terminal;
  private Duration ready = Duration.ZERO;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--events", paramLabel = "N", description = "That pile up. Default: 1000000")
  long events = 1_000_000;

  @Option(
      names = "--fill-rate",
      paramLabel = "R",
      description = "How fast they pile up, events a second. Default: ${DEFAULT-VALUE}")
  double fillRate = 5_000;

  @Option(
      names = "--live-rate",
      paramLabel = "R",
      description = "Events a second to the other receiver. Default: ${DEFAULT-VALUE}")
  double liveRate = 200;

  @Option(
      names = "--phase",
      paramLabel = "D",
      description = "How long the other receiver is measured each time. Default: 30s")
  Duration phase = Duration.ofSeconds(30);

  @Option(names = "--heap", paramLabel = "SIZE", description = "Default: ${DEFAULT-VALUE}")
  String heap = "256m";

  /** A command that writes to this terminal. */
  public BacklogCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var options = common.options(heap);
    var settings =
        new RigSettings(
            "Backlog of %s events".formatted(Numbers.count(events)),
            common.folder(),
            Layout.ofWebhooks(2),
            LogKind.AFTER_CALL,
            List.of(
                new RigSettings.Receiver(new Mood.Well(), LIVE),
                new RigSettings.Receiver(new Mood.Silent(), DEAD)),
            // A dead receiver is told with a short timeout, so that its breaker opens at once.
            "delivery: {timeout: 2s}\n",
            options,
            common.instrument());
    RunResult result;
    try (var rig = Rig.start(settings)) {
      result = run(rig);
    }
    new TerminalReport(terminal).print(result);
    var report =
        new Report(
            "Backlog: a receiver that was dead for %s after-call events"
                .formatted(Numbers.count(events)),
            Machine.lines(options),
            checks(result),
            List.of(result));
    return common.publish(report, terminal);
  }

  private RunResult run(Rig rig) throws IOException, InterruptedException {
    var live = live(rig);
    for (var name : List.of("warm-up", "before", "before again")) {
      rig.phase(name);
      rig.pause(phase);
    }
    fill(rig);
    rig.phase("standing");
    rig.pause(phase);
    rig.phase("restart");
    rig.stopServer();
    ready = rig.startServer();
    rig.pause(phase);
    rig.change(DEAD_RECEIVER, new Mood.Well());
    rig.phase("draining");
    drain(rig);
    rig.phase("after");
    rig.pause(phase);
    rig.stop(live);
    var _ = rig.drain();
    return rig.finish();
  }

  private Sending live(Rig rig) {
    var shape = new Shape(LogKind.AFTER_CALL, 1, 2, Duration.ofSeconds(1));
    var groups = new Groups(LIVE_RECEIVER, 1);
    return rig.send(
        Traffic.toSome(rig.layout(), groups, liveRate, shape).named(0, LIVE).lasting(LIVE_MAX));
  }

  private void fill(Rig rig) throws InterruptedException {
    rig.phase("filling");
    var shape = new Shape(LogKind.AFTER_CALL, 100, 2, Duration.ofSeconds(2));
    var groups = new Groups(DEAD_RECEIVER, 1);
    var filling =
        rig.send(
            Traffic.toSome(rig.layout(), groups, fillRate, shape)
                .named(1, "backlog")
                .ofCount(events));
    while (!rig.await(filling::isAnswered, SAY_EVERY)) {
      say("filling: %s accepted".formatted(Numbers.count(rig.ledger().accepted())));
    }
  }

  private void drain(Rig rig) {
    var until = System.nanoTime() + LIVE_MAX.toNanos() / 2;
    var classOfDead = 1;
    while (!rig.await(() -> rig.ledger().told(classOfDead) >= events, SAY_EVERY)) {
      say(
          "draining: %s of %s told"
              .formatted(Numbers.count(rig.ledger().told(classOfDead)), Numbers.count(events)));
      if (System.nanoTime() - until > 0) {
        return; // the ledger will tell what is outstanding
      }
    }
  }

  private void say(String words) {
    terminal.err().println(words);
  }

  private List<Check> checks(RunResult run) {
    var checks = new ArrayList<Check>();
    checks.add(
        new Check(
            "ready after a restart with the backlog",
            ready.toMillis() + " ms",
            "under " + READY_MAX.toMillis() + " ms",
            ready.compareTo(READY_MAX) < 0));
    checks.add(Checks.ledger(run));
    checks.add(Checks.isOver(run));
    var standing =
        new Difference(
            List.of(
                new Difference.Pair(p99(run, "before"), p99(run, "standing")),
                new Difference.Pair(p99(run, "before again"), p99(run, "standing"))));
    checks.add(standing.check("p99 of the other receiver while the backlog stands"));
    checks.add(
        new Check(
            "p99 of the other receiver while the backlog is told",
            Numbers.millis(p99(run, "draining")) + " ms",
            "at most " + Numbers.millis(DRAINING_MICROS_MAX) + " ms",
            p99(run, "draining") <= DRAINING_MICROS_MAX));
    checks.add(Checks.lanes(run));
    return checks;
  }

  private static long p99(RunResult run, String phase) {
    return run.latencies().of(phase, LIVE).getValueAtPercentile(99);
  }
}
