package io.switchhook.bench.run;

import io.switchhook.bench.ledger.Ledger;
import io.switchhook.bench.ledger.Ledger.Classes;
import io.switchhook.bench.load.Generator;
import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Sending;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.receive.Mood;
import io.switchhook.bench.receive.Receivers;
import io.switchhook.bench.run.ServerOutcomes.Configured;
import io.switchhook.command.client.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A server that is being measured, with everything around it. One thread uses it. */
public final class Rig implements AutoCloseable {
  private static final Duration LEAD = Duration.ofMillis(50);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  /** When nothing is told for so long, and all is answered, nothing more is waited for. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final RigSettings settings;
  private final Path folder;
  private final Ledger ledger;
  private final Receivers receivers;
  private final Lives lives;
  private final Generator generator;
  private final Watch watch;
  private final List<Sending> sendings = new ArrayList<>();
  private final Thread whenInterrupted =
      Thread.ofPlatform().name("clean-up").unstarted(this::cleanUp);
  private List<Configured> webhooks = List.of();
  private @Nullable CollectFully collectFully;

  private Rig(RigSettings settings, Path folder) throws IOException, InterruptedException {
    this.settings = settings;
    this.folder = folder;
    this.ledger = new Ledger(settings.layout(), classes(settings));
    this.lives = new Lives(settings, folder);
    this.receivers =
        Receivers.open(
            settings.receivers().stream().map(RigSettings.Receiver::mood).toList(),
            settings.instrument().receiverThreads(),
            _ -> ledger.listener(),
            settings.instrument().seed());
    lives.begin();
    this.generator =
        Generator.start(
            new Generator.Place(
                lives.port(), ServerProcess.ADMIN_KEY, settings.instrument().connections()),
            ledger);
    this.watch =
        Watch.start(new Watch.Watched(generator.threadId(), receivers.threadIds(), ledger));
    watch.begins(lives.server());
  }

  private static Classes classes(RigSettings settings) {
    var names =
        settings.receivers().stream().map(RigSettings.Receiver::className).distinct().toList();
    var ofWebhook = new ArrayList<Integer>();
    for (var webhook = 0; webhook < settings.layout().webhooks(); webhook++) {
      var receiver = settings.receivers().get(settings.receiverOf(webhook));
      ofWebhook.add(names.indexOf(receiver.className()));
    }
    return new Classes(names, ofWebhook);
  }

  /** Starts a server on an empty folder and configures its webhooks. */
  public static Rig start(RigSettings settings) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(settings.folder(), "switchhook-bench-");
    var rig = new Rig(settings, folder);
    Runtime.getRuntime().addShutdownHook(rig.whenInterrupted);
    try (var api = rig.api()) {
      rig.webhooks = ConfigureWebhooks.of(settings, rig.receivers, api);
    } catch (RuntimeException e) {
      rig.close();
      throw e;
    }
    return rig;
  }

  /** The API of the server, with its admin key. Close it. */
  public Api api() {
    return new Api(
        URI.create(lives.server().url()), new Api.Access(ServerProcess.ADMIN_KEY, "the bench"));
  }

  /** The path of a webhook in the API. */
  public String pathOf(int webhook, String... more) {
    var configured = webhooks.get(webhook);
    var parts = new ArrayList<>(List.of("companies", configured.company()));
    parts.addAll(List.of("webhooks", configured.id()));
    parts.addAll(List.of(more));
    return Api.path(parts.toArray(String[]::new));
  }

  /** The path of something else of a webhook's company in the API. */
  public String pathBesides(int webhook, String... more) {
    var parts = new ArrayList<>(List.of("companies", webhooks.get(webhook).company()));
    parts.addAll(List.of(more));
    return Api.path(parts.toArray(String[]::new));
  }

  /** Begins a phase: what is due from now on is measured under this name. */
  public void phase(String name) throws InterruptedException {
    watch.look();
    ledger.phases().begin(name, System.nanoTime());
    watch.look();
  }

  /** From now on the server's memory is collected fully so often: what is left then is in use. */
  public void collectEvery(Duration time) {
    collectFully = CollectFully.every(time, watch::pid);
  }

  /** Begins to send. */
  public Sending send(Traffic traffic) {
    var begin = System.nanoTime() + LEAD.toNanos();
    ledger.open(traffic, begin);
    var sending = generator.send(traffic, begin);
    sendings.add(sending);
    return sending;
  }

  /** Sends nothing more of it. */
  public void stop(Sending sending) {
    generator.stop(sending);
    var _ = await(sending::isHanded, settings.instrument().patience());
  }

  /** Waits; true when it came true in time. */
  public boolean await(BooleanSupplier condition, Duration patience) {
    var until = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      checkThreads();
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }

  /** Waits so long. */
  public void pause(Duration time) {
    var _ = await(() -> false, time);
  }

  private void checkThreads() {
    var failure = generator.failure() == null ? receivers.failure() : generator.failure();
    if (failure != null) {
      throw new IllegalStateException("The bench broke: " + failure, failure);
    }
  }

  /** Waits until all is told, or nothing is told any more; true when all was. */
  public boolean drain() {
    var until = System.nanoTime() + settings.instrument().patience().toNanos();
    var told = ledger.told();
    var lastMoved = System.nanoTime();
    while (System.nanoTime() - until < 0) {
      checkThreads();
      var isAnswered = sendings.stream().allMatch(Sending::isAnswered);
      if (isAnswered && ledger.told() >= wanted()) {
        return true;
      }
      if (told != ledger.told() || !isAnswered) {
        told = ledger.told();
        lastMoved = System.nanoTime();
      }
      if (System.nanoTime() - lastMoved > QUIET.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return false;
  }

  /**
   * Waits until all is told, or nothing was told for so long and the server says that nothing
   * waits; true when it is so.
   */
  public boolean settle(Duration time) {
    var before = ledger.told();
    var isTold =
        await(
            () -> sendings.stream().allMatch(Sending::isAnswered) && ledger.told() >= wanted(),
            time);
    if (isTold) {
      return true;
    }
    if (ledger.told() != before) {
      return false;
    }
    try (var api = api()) {
      var outcomes = new ServerOutcomes(api, webhooks);
      return sendings.stream().allMatch(Sending::isAnswered)
          && IntStream.range(0, webhooks.size()).allMatch(it -> outcomes.backlog(it) == 0);
    }
  }

  private long wanted() {
    return ledger.accepted() * settings.layout().fanOut();
  }

  /** A receiver is in another mood from now on. */
  public void change(int receiver, Mood mood) {
    receivers.change(receiver, mood);
  }

  /** Kills the server as by {@code kill -9}. */
  public void kill() throws InterruptedException {
    watch.ends();
    ledger.killed();
    lives.kill();
  }

  /** Stops the server as at a shutdown. */
  public void stopServer() throws InterruptedException {
    watch.ends();
    ledger.stopped();
    lives.stop();
  }

  /** Starts the server again on the same folder; returns how long it took to be ready. */
  public Duration startServer() throws IOException, InterruptedException {
    lives.begin();
    generator.movedTo(lives.port());
    watch.begins(lives.server());
    return lives.server().readyAfter();
  }

  /** What was heard so far. */
  public Ledger ledger() {
    return ledger;
  }

  /** How far sending and telling have come. */
  public Pace.Point pacePoint(int wellClass) {
    return new Pace.Point(
        System.nanoTime(),
        ledger.sent(),
        ledger.accepted(),
        ledger.told(),
        wellClass < 0 ? 0 : ledger.told(wellClass));
  }

  /** The samples so far. */
  public List<Sample> samples() {
    return watch.samples();
  }

  /** Where the webhooks are. */
  public Layout layout() {
    return settings.layout();
  }

  /** Ends the measuring side, balances the ledger and tells what came of it. */
  public RunResult finish() throws IOException, InterruptedException {
    watch.look();
    var endNanos = System.nanoTime();
    checkThreads();
    endCollections();
    watch.close();
    generator.close();
    receivers.close();
    try (var api = api()) {
      var outcomes = new ServerOutcomes(api, webhooks);
      return new Conclude(settings, ledger, watch, lives)
          .of(outcomes, new Conclude.Measured(generator, receivers, endNanos));
    }
  }

  /** The bench itself is being ended: its server and its folder must not outlive it. */
  private void cleanUp() {
    try {
      lives.close();
      takeFolderAway();
    } catch (IOException | UncheckedIOException _) {
      // The rest of the folder stays.
    }
  }

  private void endCollections() {
    if (collectFully != null) {
      collectFully.close();
    }
  }

  /** Ends everything and takes the folder away. */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(whenInterrupted);
    } catch (IllegalStateException _) {
      return; // It runs already.
    }
    endCollections();
    watch.close();
    generator.close();
    receivers.close();
    lives.close();
    takeFolderAway();
  }

  private void takeFolderAway() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
