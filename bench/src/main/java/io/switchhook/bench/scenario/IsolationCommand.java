package io.switchhook.bench.scenario;

import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import io.switchhook.bench.receive.Mood;
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
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench isolation}: what a receiver that never answers does to the others. */
@Command(
    name = "isolation",
    mixinStandardHelpOptions = true,
    description = {
      "What a receiver that never answers does to the others.",
      "",
      "Alternating pairs of runs: one with all receivers well, one in which the last",
      "of them takes requests and never answers. The median difference of the",
      "others' p99 may be a tenth, 1 ms, or what two identical runs differ by,",
      "whichever is most.",
      "With --kill there is one run with the dead receiver, and the ledger alone is",
      "judged.",
      ""
    })
public final class IsolationCommand implements Callable<Integer> {
  private static final String OTHERS = "others";
  private static final String LAST = "the last one";

  private final Terminal terminal;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--pairs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  int pairs = 5;

  @Option(names = "--rate", paramLabel = "R", description = "Events a second. Default: 1000")
  double rate = 1_000;

  @Option(names = "--receivers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  int receivers = 50;

  @Option(names = "--duration", paramLabel = "D", description = "Of each run. Default: 60s")
  Duration duration = Duration.ofSeconds(60);

  @Option(names = "--warm-up", paramLabel = "D", description = "Of each run. Default: 25s")
  Duration warmUp = Duration.ofSeconds(25);

  @Option(
      names = "--kill",
      paramLabel = "K",
      description = "Times that the server is killed, as by kill -9. Default: 0")
  int kills;

  /** A command that writes to this terminal. */
  public IsolationCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var runs = new ArrayList<RunResult>();
    var checks = new ArrayList<Check>();
    if (kills > 0) {
      runs.add(run("one receiver dead, " + kills + " kill -9", new Mood.Silent()));
      checks.add(Checks.ledger(runs.getLast()));
    } else {
      checks.add(new Difference(inPairs(runs)).check("p99 of the others, one receiver dead"));
    }
    var title =
        "Isolation: one of %d receivers never answers, %.0f events/s".formatted(receivers, rate);
    return common.publish(
        new Report(title, Machine.lines(common.options()), checks, runs), terminal);
  }

  private List<Difference.Pair> inPairs(List<RunResult> runs)
      throws IOException, InterruptedException {
    var measured = new ArrayList<Difference.Pair>();
    for (var pair = 1; pair <= pairs; pair++) {
      // What goes first takes turns, so that a machine that gets slower or faster favours neither.
      var isTroubledFirst = pair % 2 == 0;
      var first = run(name(pair, isTroubledFirst), mood(isTroubledFirst));
      var second = run(name(pair, !isTroubledFirst), mood(!isTroubledFirst));
      runs.add(first);
      runs.add(second);
      measured.add(
          isTroubledFirst
              ? new Difference.Pair(p99(second), p99(first))
              : new Difference.Pair(p99(first), p99(second)));
    }
    return measured;
  }

  private static String name(int pair, boolean isTroubled) {
    return "pair %d, %s".formatted(pair, isTroubled ? "one receiver dead" : "all well");
  }

  private static Mood mood(boolean isTroubled) {
    return isTroubled ? new Mood.Silent() : new Mood.Well();
  }

  private static long p99(RunResult run) {
    return run.latencies().of("measured", OTHERS).getValueAtPercentile(99);
  }

  private RunResult run(String name, Mood ofLast) throws IOException, InterruptedException {
    var all = new ArrayList<RigSettings.Receiver>();
    for (var i = 1; i < receivers; i++) {
      all.add(new RigSettings.Receiver(new Mood.Well(), OTHERS));
    }
    all.add(new RigSettings.Receiver(ofLast, LAST));
    var settings =
        new RigSettings(
            name,
            common.folder(),
            Layout.ofWebhooks(receivers),
            LogKind.IN_CALL,
            all,
            "",
            common.options(),
            common.instrument());
    try (var rig = Rig.start(settings)) {
      var result = run(rig);
      new TerminalReport(terminal).print(result);
      return result;
    }
  }

  private RunResult run(Rig rig) throws IOException, InterruptedException {
    var shape = new Shape(LogKind.IN_CALL, 1, 4, Duration.ofMillis(500));
    rig.phase("warm-up");
    var sending = rig.send(Traffic.toAll(rig.layout(), rate, shape, warmUp.plus(duration)));
    rig.pause(warmUp);
    rig.phase("measured");
    Kills.during(rig, duration, kills, new Random(common.seed()));
    rig.phase("end");
    var _ = rig.await(sending::isHanded, Duration.ofSeconds(10));
    var _ = rig.drain();
    return rig.finish();
  }
}
