package io.switchhook.bench.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.bench.load.Layout;
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
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench replay}: a day is told again while calls go on. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Everything that one webhook was told is told again while calls go on.",
      "",
      "What that does to others, in alternating stretches without and with a replay,",
      "and whether a replay goes on after kill -9, in the order of each call.",
      ""
    })
public final class ReplayCommand implements Callable<Integer> {
  /** An event of a call that goes on would be given up a minute after the request. */
  private static final String SETTINGS =
      """
      delivery:
        time-to-live: {in-call: 72h}
      """;

  private static final String OTHERS = "others";
  private static final String REPLAYED = "replayed";
  private static final int WEBHOOK = 0;
  private static final Duration LIVE_MAX = Duration.ofHours(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int LOOKS_MAX = 100;
  private static final Duration REPLAY_MAX = Duration.ofMinutes(30);

  private final Terminal terminal;
  private final List<Check> checks = new ArrayList<>();

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--events", paramLabel = "N", description = "To replay. Default: 2500")
  long events = 2_500;

  @Option(
      names = "--live-rate",
      paramLabel = "R",
      description = "Events a second to the others. Default: 500")
  double liveRate = 500;

  @Option(names = "--others", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  int others = 20;

  @Option(names = "--pairs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  int pairs = 5;

  @Option(
      names = "--phase",
      paramLabel = "D",
      description = "Each stretch without a replay, and the warm-up. Default: 30s")
  Duration phase = Duration.ofSeconds(30);

  @Option(
      names = "--kill",
      paramLabel = "K",
      description = "Times that the server is killed, as by kill -9, within replays. Default: 1")
  int kills = 1;

  /** A command that writes to this terminal. */
  public ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var receivers = new ArrayList<RigSettings.Receiver>();
    receivers.add(new RigSettings.Receiver(new Mood.Well(), REPLAYED));
    for (var i = 0; i < others; i++) {
      receivers.add(new RigSettings.Receiver(new Mood.Well(), OTHERS));
    }
    var settings =
        new RigSettings(
            "Replay of %s events".formatted(Numbers.count(events)),
            common.folder(),
            Layout.ofWebhooks(1 + others),
            LogKind.IN_CALL,
            receivers,
            SETTINGS,
            common.options(),
            common.instrument());
    RunResult result;
    try (var rig = Rig.start(settings)) {
      result = run(rig);
    }
    new TerminalReport(terminal).print(result);
    var measured = new ArrayList<Difference.Pair>();
    for (var pair = 1; pair <= pairs; pair++) {
      measured.add(
          new Difference.Pair(p99(result, "without " + pair), p99(result, "with " + pair)));
    }
    if (!measured.isEmpty()) {
      checks.add(new Difference(measured).check("p99 of the others during a replay"));
    }
    checks.add(Checks.ledger(result));
    checks.add(Checks.isOver(result));
    var report =
        new Report(
            "Replay: %s events are told again while others are told live"
                .formatted(Numbers.count(events)),
            Machine.lines(common.options()),
            checks,
            List.of(result));
    return common.publish(report, terminal);
  }

  private static long p99(RunResult run, String phase) {
    return run.latencies().of(phase, OTHERS).getValueAtPercentile(99);
  }

  private RunResult run(Rig rig) throws IOException, InterruptedException {
    var from = Instant.now().minusSeconds(1);
    var shape = new Shape(LogKind.IN_CALL, 50, 4, Duration.ofSeconds(1));
    var history =
        Traffic.toSome(rig.layout(), new Groups(WEBHOOK, 1), 2_000, shape)
            .named(1, "history")
            .ofCount(events);
    rig.phase("filling");
    var _ = rig.send(history);
    var isFilled = rig.drain();
    var to = Instant.now().plusSeconds(1);
    if (!isFilled) {
      throw new CommandFailedException(
          "Only %s of %s events were told before the first replay; give more time with --patience."
              .formatted(Numbers.count(rig.ledger().told()), Numbers.count(events)));
    }
    var liveShape = new Shape(LogKind.IN_CALL, 1, 4, Duration.ofMillis(500));
    var live =
        rig.send(
            Traffic.toSome(rig.layout(), new Groups(1, others), liveRate, liveShape)
                .named(0, "live")
                .lasting(LIVE_MAX));
    rig.phase("warm-up");
    rig.pause(phase);
    var day = new Day(history, from, to);
    // The first replay pays for compiling what only replays run.
    await(rig, new Running(rig, day), "the replay of the warm-up");
    for (var pair = 1; pair <= pairs; pair++) {
      // What goes first takes turns, so that a machine that gets slower or faster favours neither.
      if (pair % 2 == 1) {
        without(rig, pair);
      }
      rig.phase("with " + pair);
      await(rig, new Running(rig, day), "replay " + pair);
      if (pair % 2 == 0) {
        without(rig, pair);
      }
    }
    if (kills > 0) {
      rig.phase("kills");
      killed(rig, new Running(rig, day));
    }
    rig.phase("end");
    rig.stop(live);
    var _ = rig.drain();
    return rig.finish();
  }

  private void without(Rig rig, int pair) throws InterruptedException {
    rig.phase("without " + pair);
    rig.pause(phase);
  }

  /** What is told again, and when it was accepted. */
  private record Day(Traffic history, Instant from, Instant to) {}

  /** A replay that runs. */
  private final class Running {
    private final String path;
    private final long toldBefore;

    Running(Rig rig, Day day) {
      rig.ledger().replayBegins(day.history);
      this.toldBefore = rig.ledger().replayed(WEBHOOK);
      var asked =
          JsonNodeFactory.instance
              .objectNode()
              .put("from", day.from.toString())
              .put("to", day.to.toString())
              .put("only", "all");
      try (var api = rig.api()) {
        var id = api.post(rig.pathOf(WEBHOOK, "replays"), asked).body().path("id").asText();
        this.path = rig.pathBesides(WEBHOOK, "replays", id);
      }
    }

    long told(Rig rig) {
      return rig.ledger().replayed(WEBHOOK) - toldBefore;
    }

    /** Waits until everything was told again and the server says so; true when that came. */
    boolean awaitDone(Rig rig) {
      if (!rig.await(() -> told(rig) >= events, REPLAY_MAX)) {
        return false;
      }
      try (var api = rig.api()) {
        for (var look = 0; look < LOOKS_MAX; look++) {
          var progress = api.get(path).body();
          if (progress.path("state").asText().equals("done")) {
            return progress.path("done").asLong() >= events;
          }
          rig.pause(LOOK_EVERY);
        }
        return false;
      }
    }
  }

  private void await(Rig rig, Running running, String name) {
    var isDone = running.awaitDone(rig);
    checks.add(
        new Check(
            name + " told everything again",
            Numbers.count(running.told(rig)) + (isDone ? ", and says that it is done" : ""),
            Numbers.count(events),
            isDone));
  }

  /** Kills the server within one replay, at moments that are spread over it at random. */
  private void killed(Rig rig, Running running) throws IOException, InterruptedException {
    var random = new Random(common.seed());
    for (var kill = 0; kill < kills; kill++) {
      var at = (long) (events * (kill + random.nextDouble()) / kills);
      var _ = rig.await(() -> running.told(rig) >= at, REPLAY_MAX);
      rig.kill();
      var _ = rig.startServer();
    }
    await(rig, running, "the replay with " + kills + " kill -9");
  }
}
