package io.switchhook.demo;

import io.switchhook.command.Ports;
import io.switchhook.command.UntilStopped;
import io.switchhook.command.Version;
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.receive.AnswerScript;
import io.switchhook.receive.Receiver;
import io.switchhook.receive.ReceiverSettings;
import io.switchhook.receive.Reception;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: everything in one process, with recorded calls. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the main job: recorded phone calls are told live, with fresh ids and present times, a"
          + " new call each second, to a receiver in the same process. Each delivery is a line.",
      "Everything is kept in a temporary folder, which is removed at the end.",
      ""
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String LOG_LEVEL = "SWITCHHOOK_LOG_LEVEL";
  private static final int PORT_DEFAULT = 8080;
  private static final int CALLS_DEFAULT = 20;
  private static final Duration LAST_DELIVERIES_MAX = Duration.ofSeconds(15);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Terminal terminal;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Ledger ledger = new Ledger();

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "How many calls. Default: as many as come until Ctrl-C")
  @Nullable Integer calls;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "So many times as fast as the calls were. Default: 1")
  int speed = 1;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where the server listens. Default: 8080, or a free one when that is taken")
  @Nullable Integer port;

  @Option(
      names = "--exit-when-done",
      description =
          "End after the last call: with 0 when every expected delivery arrived once and in order,"
              + " else with 1. Without --calls: after 20")
  boolean exitWhenDone;

  /** A command that writes to this terminal. */
  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (speed < 1) {
      throw new CommandFailedException("--speed is 1 or more, such as 10 for ten times as fast.");
    }
    keepQuiet();
    var until = UntilStopped.listening();
    var folder = temporaryFolder();
    try {
      return run(folder, until);
    } finally {
      delete(folder);
      until.ended();
    }
  }

  /** The log would stand between the lines; set before the first logger is made. */
  private void keepQuiet() {
    if (!terminal.environment().containsKey(LOG_LEVEL)) {
      System.setProperty(LOG_LEVEL, "WARN");
    }
  }

  private int run(Path folder, UntilStopped until) throws InterruptedException {
    var lines = new DemoLines(terminal);
    var vertx = Vertx.vertx();
    try (var server = DemoServer.start(folder, freePort());
        var receiver =
            Receiver.start(
                vertx,
                ReceiverSettings.onLoopback(AnswerScript.ok()),
                reception -> receive(reception, lines))) {
      server.configure(receiver.url());
      lines.heading(server, receiver.url().resolve("/").toString());
      var startedAt = terminal.clock().instant();
      tell(server, startedAt, until);
      waitForTheLast(until);
      if (!exitWhenDone) {
        until.await();
      }
      var summary = ledger.summary();
      lines.summary(summary, Duration.between(startedAt, terminal.clock().instant()));
      if (exitWhenDone) {
        lines.verdict(summary.isPerfect());
        return summary.isPerfect() ? 0 : 1;
      }
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private int freePort() {
    var wanted = port == null ? PORT_DEFAULT : port;
    var refusal = Ports.refusal("127.0.0.1", wanted);
    if (refusal.isEmpty()) {
      return wanted;
    }
    if (port != null) {
      throw new CommandFailedException(refusal.get() + " Name another with --port.");
    }
    terminal.err().println(refusal.get() + " Taking a free one.");
    return 0;
  }

  /** Hands the logs in, each when it is due. */
  private void tell(DemoServer server, Instant start, UntilStopped until)
      throws InterruptedException {
    var retelling = new Retelling(server.companyId(), random);
    var due = new Calls(RecordedCall.all(), retelling, new Calls.Wanted(callsMax(), speed), start);
    for (var next = due.nextAt(); next.isPresent(); next = due.nextAt()) {
      var wait = Duration.between(terminal.clock().instant(), next.get()).toMillis();
      if (until.await(Math.max(0, wait))) {
        return;
      }
      var now = terminal.clock().instant();
      for (var log = due.poll(now); log.isPresent(); log = due.poll(now)) {
        handIn(server, retelling, log.get());
      }
    }
  }

  private long callsMax() {
    if (calls != null) {
      return calls;
    }
    return exitWhenDone ? CALLS_DEFAULT : Long.MAX_VALUE;
  }

  private void handIn(DemoServer server, Retelling retelling, Calls.Due due) {
    var uid = due.call().uid();
    var log = retelling.log(due.recorded(), due.call(), terminal.clock().instant());
    if (due.isFirst()) {
      ledger.callBegins();
    }
    var now = System.nanoTime();
    ledger.handedIn(
        new Ledger.Expected(DemoWebhook.IN_CALL.word(), uid, log.path("id").asText()), now);
    if (due.isLast()) {
      ledger.handedIn(new Ledger.Expected(DemoWebhook.AFTER_CALL.word(), uid, ""), now);
    }
    server.handIn(log);
  }

  /** Called on the receiver's thread. */
  private void receive(Reception reception, DemoLines lines) {
    var now = System.nanoTime();
    var webhook = DemoWebhook.ofPath(reception.path());
    if (webhook.isEmpty()
        || reception.header("switchhook-test").isPresent()
        || reception.log().isEmpty()) {
      return;
    }
    var log = reception.log().get();
    var logId = webhook.get() == DemoWebhook.IN_CALL ? log.id().orElse("") : "";
    var sequence = Integer.parseInt(reception.header("switchhook-sequence").orElse("0"));
    var millis =
        ledger.arrived(new Ledger.Arrival(webhook.get().word(), log.uid(), logId, sequence), now);
    lines.delivery(
        new DemoLines.Delivery(
            reception.at(), webhook.get(), log, reception.answer().word(), millis));
  }

  private void waitForTheLast(UntilStopped until) throws InterruptedException {
    var giveUpAt = terminal.clock().instant().plus(LAST_DELIVERIES_MAX);
    while (!ledger.isComplete()
        && terminal.clock().instant().isBefore(giveUpAt)
        && !until.await(LOOK_AGAIN_MILLIS)) {
      // Deliveries arrive on the receiver's thread.
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("switchhook-demo-");
    } catch (IOException e) {
      throw new CommandFailedException("No temporary folder can be made: " + e.getMessage());
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
