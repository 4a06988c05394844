package io.switchhook.bench.scenario;

import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import io.switchhook.bench.receive.Mood;
import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report;
import io.switchhook.bench.report.TerminalReport;
import io.switchhook.bench.run.Rig;
import io.switchhook.bench.run.RigSettings;
import io.switchhook.bench.run.RunResult;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench failing}: a receiver that fails at random. */
@Command(
    name = "failing",
    mixinStandardHelpOptions = true,
    description = {
      "A receiver that fails three of ten requests at random, for 100,000 calls.",
      "",
      "A second receiver is told the same calls and is well. Every delivery must come",
      "to its end in the order of its call: delivered, or given up with a record and",
      "a mark on what comes after it. The pauses between retries are short, so that",
      "it ends. Memory is looked at after full collections, which are asked for every",
      "ten seconds: what is left then is in use. Latencies include their pauses.",
      ""
    })
public final class FailingCommand implements Callable<Integer> {
  private static final String SERVER =
      """
      delivery:
        retry-schedule: [100ms, 200ms, 400ms, 800ms, 1s, 1s]
        time-to-live: {in-call: 72h}
      """;
  private static final Duration SAY_EVERY = Duration.ofSeconds(10);
  private static final Duration COLLECT_EVERY = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--calls", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  long calls = 100_000;

  @Option(names = "--events-per-call", paramLabel = "E", description = "Default: ${DEFAULT-VALUE}")
  int eventsPerCall = 3;

  @Option(names = "--rate", paramLabel = "R", description = "Events a second. Default: 1000")
  double rate = 1_000;

  @Option(names = "--share", paramLabel = "P", description = "That fails. Default: 0.3")
  double share = 0.3;

  @Option(
      names = "--end",
      paramLabel = "D",
      description = "How long to wait at most for the last delivery to end. Default: 1h")
  Duration end = Duration.ofHours(1);

  @Option(
      names = "--kill",
      paramLabel = "K",
      description = "Times that the server is killed, as by kill -9. Default: 0")
  int kills;

  /** A command that writes to this terminal. */
  public FailingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var settings =
        new RigSettings(
            "%s calls, %.0f %% of the requests fail%s"
                .formatted(
                    Numbers.count(calls), share * 100, kills == 0 ? "" : ", " + kills + " kill -9"),
            common.folder(),
            new Layout(1, 1, 2),
            LogKind.IN_CALL,
            List.of(
                RigSettings.Receiver.of(new Mood.Well()),
                RigSettings.Receiver.of(new Mood.Failing(share))),
            SERVER,
            common.options(),
            common.instrument());
    RunResult result;
    try (var rig = Rig.start(settings)) {
      result = run(rig);
    }
    new TerminalReport(terminal).print(result);
    var checks =
        List.of(
            Checks.isOver(result),
            Checks.ledger(result),
            Checks.lanes(result),
            Checks.memory(result));
    var report =
        new Report(
            "Failing: a receiver that fails %.0f %% of its requests".formatted(share * 100),
            Machine.lines(common.options()),
            checks,
            List.of(result));
    return common.publish(report, terminal);
  }

  private RunResult run(Rig rig) throws IOException, InterruptedException {
    var shape = new Shape(LogKind.IN_CALL, 1, eventsPerCall, Duration.ofMillis(500));
    var traffic = Traffic.toAll(rig.layout(), rate, shape, Duration.ZERO);
    var time = Duration.ofMillis((long) (calls * eventsPerCall / rate * 1_000));
    rig.collectEvery(COLLECT_EVERY);
    rig.phase("measured");
    var sending = rig.send(traffic.ofCount(calls * eventsPerCall));
    Kills.during(rig, time, kills, new Random(common.seed()));
    var _ = rig.await(sending::isHanded, Duration.ofSeconds(10));
    rig.phase("end");
    var until = System.nanoTime() + end.toNanos();
    while (!rig.settle(SAY_EVERY) && System.nanoTime() - until < 0) {
      terminal
          .err()
          .printf(
              "%s of %s told%n",
              Numbers.count(rig.ledger().told()), Numbers.count(2 * calls * eventsPerCall));
    }
    return rig.finish();
  }
}
