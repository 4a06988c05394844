package io.switchhook.source.asterisk.line;

import io.switchhook.source.SourceState.Hearing;
import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.AmiSession.Reply;
import io.switchhook.source.asterisk.line.Heard.What;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to an Asterisk, connected again whenever it is lost. What it hears goes into a queue, in
 * order: that the line is there, a snapshot of all channels, events, and that it is gone.
 */
public final class AmiLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AmiLine.class);
  private static final Duration LOGIN_PAUSE_MIN = Duration.ofSeconds(10);
  private static final AmiMessage NOTHING = new AmiMessage(List.of(), false);

  private final String name;
  private final LineSettings settings;
  private final Wants wants;
  private final SpillQueue queue;
  private final LineMeters meters;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable AmiSession session;
  private volatile WhatCame came = new WhatCame();
  // Guarded by this.
  private Hearing hearing = Hearing.STOPPED;
  private Instant since;
  private String trouble = "";
  private List<Finding> account = List.of();

  /**
   * What the source uses, and an account must therefore give.
   *
   * @param originate whether it starts calls
   * @param variables of channels, by name
   */
  public record Wants(boolean originate, Set<String> variables) {
    public Wants {
      variables = Set.copyOf(variables);
    }
  }

  /** What a line works with. */
  public record Parts(
      SpillQueue queue, LineMeters meters, InstantSource clock, RandomGenerator random) {}

  /** A line that is not opened yet. */
  public AmiLine(String name, LineSettings settings, Wants wants, Parts parts) {
    this.name = name;
    this.settings = settings;
    this.wants = wants;
    this.queue = parts.queue();
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.random = parts.random();
    this.since = clock.instant();
  }

  /** How the line is. */
  public record State(
      Hearing hearing, Instant since, @Nullable Instant lastEventAt, List<String> problems) {}

  /** Connects, and connects again, until it is closed. */
  public void start() {
    become(Hearing.DEAF, "It connects for the first time.");
    thread = Thread.ofPlatform().name("line " + name).start(this::run);
  }

  /** How the line is now. */
  public synchronized State state() {
    var problems = new ArrayList<String>();
    if (!trouble.isEmpty()) {
      problems.add(trouble);
    }
    account.stream()
        .filter(it -> it.weight() != Weight.FINE)
        .forEach(it -> problems.add(it.words()));
    came.missing(wants.variables()).forEach(it -> problems.add(it.words()));
    if (queue.isFull()) {
      problems.add("What is heard waits for a disk that takes nothing; the line may be lost.");
    }
    return new State(hearing, since, came.lastAt(), problems);
  }

  /** What the events so far show. */
  WhatCame came() {
    return came;
  }

  /** Asks for something; completes exceptionally when the line is not there. */
  public CompletableFuture<Reply> ask(AmiMessage action) {
    var now = session;
    if (now == null) {
      return CompletableFuture.failedFuture(new LineException(state().problems().getFirst()));
    }
    return now.send(action).orTimeout(settings.pace().answer().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** True while calls can be started. */
  public boolean isConnected() {
    return session != null;
  }

  private void run() {
    int failures = 0;
    try {
      while (stopping.getCount() > 0) {
        var before = clock.instant();
        var because = live();
        // A line that lived for a while was not refused.
        boolean lived =
            Duration.between(before, clock.instant()).compareTo(settings.pace().reconnectMax()) > 0;
        failures = lived ? 0 : failures + 1;
        if (pauses(failures, because.refusesLogin())) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Connects, hears until the end, and returns why it ended. */
  private LineException live() throws InterruptedException {
    try (var opened = new AmiSession(OpenSocket.open(settings), name, message -> hear(message))) {
      came = new WhatCame();
      LogIn.logIn(opened, settings, this::connected);
      account = CheckAccount.check(opened, settings, wants.originate());
      account.stream()
          .filter(it -> it.weight() != Weight.FINE)
          .forEach(it -> LOG.atWarn().addKeyValue("source", name).log(it.words()));
      snapshot(opened);
      session = opened;
      watch(opened);
      return lost(new LineException(opened.endedBecause()));
    } catch (LineException e) {
      return lost(e);
    }
  }

  /** On the reading thread, before the first event. */
  private void connected() {
    Duration deaf;
    synchronized (this) {
      deaf = Duration.between(since, clock.instant());
    }
    become(Hearing.CONNECTED, "");
    meters.connected(deaf);
    LOG.atInfo()
        .addKeyValue("source", name)
        .addKeyValue("host", settings.place())
        .addKeyValue("deaf_ms", deaf.toMillis())
        .log("source.connected");
    put(new Heard(What.CONNECTED, clock.instant(), NOTHING));
  }

  private LineException lost(LineException because) {
    session = null;
    if (stopping.getCount() == 0) {
      become(Hearing.STOPPED, "");
      return because;
    }
    boolean wasConnected;
    synchronized (this) {
      wasConnected = hearing == Hearing.CONNECTED;
      trouble = because.words();
    }
    if (wasConnected) {
      become(Hearing.DEAF, because.words());
      meters.lost();
      put(new Heard(What.LOST, clock.instant(), NOTHING));
    }
    LOG.atWarn()
        .addKeyValue("source", name)
        .addKeyValue("reason", because.words())
        .log(wasConnected ? "source.lost" : "source.not_connected");
    return because;
  }

  private synchronized void become(Hearing now, String words) {
    if (hearing != now) {
      hearing = now;
      since = clock.instant();
    }
    trouble = words;
  }

  private void hear(AmiMessage message) {
    if (!message.isEvent()) {
      return;
    }
    var at = clock.instant();
    came.event(message, at);
    meters.event();
    put(new Heard(What.EVENT, at, message));
  }

  private void put(Heard heard) {
    try {
      queue.put(heard);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Which channels there are, put in order between the events. */
  private void snapshot(AmiSession from) throws LineException, InterruptedException {
    var patience = settings.pace().answer();
    var askedAt = clock.instant();
    from.ask(patience, AmiMessage.of("Action", "Status"), reply -> putChannels(reply.items()));
    var channels =
        from.ask(
            patience,
            AmiMessage.of("Action", "CoreShowChannels"),
            reply -> {
              if (reply.isSuccess()) {
                putChannels(reply.items());
                put(new Heard(What.SNAPSHOT_END, clock.instant(), timestamp(askedAt)));
              }
            });
    for (var channel : channels.items()) {
      if (isYounger(channel)) {
        came.sawYoungChannel(channel.text("Uniqueid"));
      }
    }
  }

  private static AmiMessage timestamp(Instant at) {
    return AmiMessage.of("Timestamp", at.getEpochSecond() + "." + "%09d".formatted(at.getNano()));
  }

  private void putChannels(List<AmiMessage> channels) {
    var at = clock.instant();
    channels.forEach(channel -> put(new Heard(What.CHANNEL, at, channel)));
  }

  /** Born since the login and more than a moment ago: its birth must have been told by now. */
  private boolean isYounger(AmiMessage channel) {
    var parts = channel.text("Duration").split(":", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      long age =
          3600L * Integer.parseInt(parts[0])
              + 60L * Integer.parseInt(parts[1])
              + Integer.parseInt(parts[2]);
      Instant loggedInAt;
      synchronized (this) {
        loggedInAt = since;
      }
      return age >= 2 && clock.instant().minusSeconds(age + 1).isAfter(loggedInAt);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Asks time and again whether Asterisk lives: a frozen one keeps its connections open. */
  private void watch(AmiSession watched) throws LineException, InterruptedException {
    var pace = settings.pace();
    var snapshotAt = clock.instant().plus(pace.snapshot());
    long before = watched.receivedBytes();
    var _ = watched.send(AmiMessage.of("Action", "Ping"));
    while (!watched.awaitEnd(pace.ping())) {
      long now = watched.receivedBytes();
      // Nothing is read while the queue is full: that says nothing about Asterisk.
      if (now == before && !queue.isFull()) {
        watched.end(
            "Asterisk has not answered for " + pace.ping().toMillis() / 1000.0 + " seconds.");
        return;
      }
      before = now;
      var _ = watched.send(AmiMessage.of("Action", "Ping"));
      if (!clock.instant().isBefore(snapshotAt)) {
        snapshot(watched);
        snapshotAt = clock.instant().plus(pace.snapshot());
      }
    }
  }

  /** Waits before the next attempt; true when it shall be none. */
  private boolean pauses(int failures, boolean refusesLogin) throws InterruptedException {
    var pace = settings.pace();
    long millis =
        Math.min(
            pace.reconnectMax().toMillis(),
            pace.reconnectMin().toMillis() << Math.min(10, Math.max(0, failures - 1)));
    if (refusesLogin) {
      millis =
          Math.max(millis, Math.min(LOGIN_PAUSE_MIN.toMillis(), pace.reconnectMax().toMillis()));
    }
    // Jitter: many that lost one server shall not come back all at once.
    long jittered = (long) (millis * (0.75 + 0.5 * random.nextDouble()));
    return stopping.await(jittered, TimeUnit.MILLISECONDS);
  }

  /** Hears nothing more. Safe to call twice, and unstarted. */
  @Override
  public void close() {
    stopping.countDown();
    var open = session;
    if (open != null) {
      open.close();
    }
    var running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
