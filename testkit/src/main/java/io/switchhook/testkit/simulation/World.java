package io.switchhook.testkit.simulation;

import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Engine.Load;
import io.switchhook.delivery.engine.Input;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Kind;
import io.switchhook.target.Outcome;
import io.switchhook.testkit.simulation.Disk.Said;
import io.switchhook.testkit.simulation.Reached.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One life, told by one seed: virtual time, and what happens in it. */
final class World {
  private static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");

  private static final boolean TELLS = Boolean.getBoolean("switchhook.simulation.tell");

  /** No event is larger. */
  static final int LARGEST_EVENT_BYTES = 120;

  private static final int STEPS_MAX = 400_000;
  private static final Duration HEALING_MAX = Duration.ofDays(2);

  final Knobs knobs;
  final Disk disk;
  final Truth truth;
  final Oracle oracle;
  final Changes changes;
  final Requests requests;
  final Reached reached = new Reached();
  Node node;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Receivers receivers;
  private final Random workload;
  private final Random faults;
  private final Random timing;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing(Task::at)
              .thenComparingInt(Task::tiebreak)
              .thenComparingLong(Task::number));
  private long taskNumber;
  private long hash = 17;
  private int eventsLeft;
  private boolean healed;

  private record Task(Instant at, int tiebreak, long number, Runnable run) {}

  World(long seed) {
    knobs = Knobs.draw(new Random(seed));
    workload = new Random(seed ^ 0x5eed1L);
    faults = new Random(seed ^ 0x5eed2L);
    timing = new Random(seed ^ 0x5eed3L);
    receivers = new Receivers(new Random(seed ^ 0x5eed4L), knobs.failRate());
    disk = new Disk(knobs.partitions());
    truth = new Truth(disk);
    requests = new Requests(this, new Random(seed ^ 0x5eed6L));
    oracle = new Oracle(this);
    changes = new Changes(this, COMPANY, new Random(seed ^ 0x5eed5L));
    changes.begin(knobs.firstWebhooks());
    eventsLeft = knobs.events();
    node = new Node(this);
  }

  /**
   * Lives until all events happened, everything was healed and all is told; returns a hash of what
   * happened.
   */
  long run() {
    at(now, this::nextHappening);
    var steps = 0;
    var healedBy = Instant.MAX;
    while (!isOver()) {
      var task = tasks.poll();
      Violation.unless(
          task != null,
          "liveness",
          "nothing is left to happen, but not all is told: " + node.load());
      now = task.at();
      task.run().run();
      Violation.unless(++steps < STEPS_MAX, "liveness", "does not come to rest");
      if (healed && healedBy.equals(Instant.MAX)) {
        healedBy = now.plus(HEALING_MAX);
      }
      Violation.unless(
          now.isBefore(healedBy), "liveness", "not all is told long after all is well");
    }
    oracle.checkEverythingIsTold();
    return hash;
  }

  private boolean isOver() {
    return healed && !changes.isUnderWay() && disk.replays.isEmpty() && allIsStored();
  }

  private boolean allIsStored() {
    for (int partition = 0; partition < knobs.partitions(); partition++) {
      var stored = disk.cursors.get(partition);
      if (stored.watermark != disk.end(partition)
          || !stored.lanes.isEmpty()
          || !stored.feeds.isEmpty()) {
        return false;
      }
    }
    return node.isQuiet();
  }

  private void nextHappening() {
    if (eventsLeft == 0) {
      heal();
      return;
    }
    var luck = faults.nextDouble();
    if (luck < knobs.crashRate()) {
      crash();
    } else if ((luck -= knobs.crashRate()) < knobs.cleanStopRate()) {
      stopCleanly();
    } else if ((luck -= knobs.cleanStopRate()) < knobs.changeRate()) {
      changes.changeSomething();
    } else if ((luck -= knobs.changeRate()) < knobs.requestRate()) {
      requests.somethingIsAskedFor();
    } else if ((luck -= knobs.requestRate()) < knobs.moodRate()) {
      var ids = List.copyOf(disk.webhooks.keySet());
      if (!ids.isEmpty()) {
        receivers.changeMood(ids.get(faults.nextInt(ids.size())));
      }
    } else if ((luck -= knobs.moodRate()) < knobs.lateRate()) {
      node.isLate();
    } else {
      somethingIsSaid();
    }
    after(workload.nextInt(10) == 0 ? 3_000 : 40, this::nextHappening);
  }

  private void somethingIsSaid() {
    eventsLeft--;
    var uid = "call." + workload.nextInt(knobs.calls());
    var call = new CallId(COMPANY, uid);
    var partition = partitionOf(uid);
    if (workload.nextInt(40) == 0
        && !disk.readCall(partition, call, 0, disk.end(partition)).isEmpty()
        && oracle.isQuiet(call, partition)) {
      reached.at(Place.UID_CAME_AGAIN);
      disk.forgetSequence(call);
    }
    if (workload.nextDouble() < knobs.noteRate()) {
      reached.at(Place.NOTE_PASSED);
      append(partition, call, new Said(Kind.NOTE, "a leg rang"));
    } else if (workload.nextInt(6) == 0) {
      append(
          partition,
          call,
          new Said(
              Kind.AFTER_CALL, "{\"_ai\":\"1\",\"_pm\":[{\"ky\":\"ui\",\"vl\":\"" + uid + "\"}]}"));
    } else {
      var state = List.of("1", "5", "6", "2").get(workload.nextInt(4));
      append(
          partition,
          call,
          new Said(
              Kind.IN_CALL,
              "{\"id\":\"1\",\"uid\":\"" + uid + "\",\"call_state\":\"" + state + "\"}"));
    }
  }

  /** The ends of the partitions of a call, or of all. */
  Map<Integer, Long> endsOf(@Nullable CallId call) {
    var ends = disk.ends();
    if (call != null) {
      ends.keySet().removeIf(partition -> partition != partitionOf(call.uid()));
    }
    return ends;
  }

  private int partitionOf(String uid) {
    return Math.floorMod(uid.hashCode(), knobs.partitions());
  }

  /** Some call, heard of or not. */
  CallId someCall(Random random) {
    return new CallId(COMPANY, "call." + random.nextInt(knobs.calls()));
  }

  private void append(int partition, CallId call, Said said) {
    var record = disk.append(partition, call, said, now);
    var teller = node;
    after(2, () -> teller.step(new Input.Appended(partition, List.of(record))));
  }

  private void crash() {
    if (oracle.hasAttemptInFlight()) {
      reached.at(Place.CRASH_WITH_ATTEMPT_IN_FLIGHT);
    }
    if (changes.isUnderWay()) {
      reached.at(Place.CRASH_WHILE_WEBHOOK_CHANGES);
    }
    var dying = node;
    dying.kill();
    changes.crashed();
    requests.crashed();
    oracle.crashed(now.minus(repeatsMax()));
    for (int partition = 0; partition < knobs.partitions(); partition++) {
      oracle.cursors.check(partition);
    }
    node = new Node(this);
  }

  /**
   * How far back repeats go: what waits for its row, and two commits with the time that the store
   * takes for them. What waits for a worker that is late, or has all places taken, waits longer.
   */
  private Duration repeatsMax() {
    var patience =
        knobs.lateRate() > 0 || knobs.mayBeFull()
            ? knobs.longPatience()
            : knobs.engine().patience();
    return patience
        .plus(knobs.engine().commitInterval().multipliedBy(2))
        .plusMillis(2L * knobs.commitMillisMax() + 20);
  }

  private void stopCleanly() {
    if (node.isStopping() || changes.isUnderWay()) {
      return;
    }
    node.stopAttempts();
    after(1, this::flushWhenAnswered);
  }

  private void flushWhenAnswered() {
    if (!node.isStopping()) {
      return; // crashed meanwhile
    }
    if (oracle.hasAttemptInFlight()) {
      after(50, this::flushWhenAnswered);
      return;
    }
    node.step(new Input.Flush());
    after(1, this::endWhenCommitted);
  }

  private void endWhenCommitted() {
    if (!node.isStopping()) {
      return;
    }
    if (!node.isFlushed()) {
      after(50, this::endWhenCommitted);
      return;
    }
    node.kill();
    reached.at(Place.CLEAN_STOP);
    requests.crashed();
    oracle.stopped();
    node = new Node(this);
  }

  private void heal() {
    if (node.isStopping() || changes.isUnderWay()) {
      after(200, this::heal);
      return;
    }
    healed = true;
    receivers.heal();
  }

  /** A request travels to its receiver, and an answer back; each may be lost. */
  void onTheWay(Effect.Attempt attempt, Consumer<Outcome> answered) {
    var sender = node;
    var event = attempt.telling().event();
    var webhook = attempt.lane().webhook();
    var slow = faults.nextInt(12) == 0 ? 2_500 : 30;
    after(
        slow,
        () -> {
          if (node != sender && faults.nextBoolean()) {
            return;
          }
          var outcome = receivers.answer(webhook);
          if (outcome instanceof Outcome.Delivered && node == sender) {
            oracle.acknowledged(attempt.lane(), event, now);
          }
          var lost = !healed && faults.nextDouble() < knobs.answerLostRate();
          if (lost) {
            reached.at(Place.ANSWER_LOST);
          }
          var seen = lost ? timedOut() : outcome;
          after(lost ? 1_000 : 20, () -> answered.accept(seen));
        });
  }

  private static Outcome timedOut() {
    return new Outcome.Unreachable(Outcome.Reason.TIMED_OUT, "no answer", Duration.ofSeconds(1));
  }

  void checkMemory(Load load) {
    var pages = (long) knobs.engine().pageRecords() * knobs.engine().attempts().perWebhookMax() * 8;
    var bound = knobs.engine().memoryBytes() + (512 + pages) * LARGEST_EVENT_BYTES * 5L;
    Violation.unless(load.bytesAtHand() <= bound, "bounded memory", load.bytesAtHand() + " bytes");
    Violation.unless(load.bytesAtHand() >= 0, "bounded memory", load.bytesAtHand() + " bytes");
  }

  void at(Instant when, Runnable task) {
    tasks.add(new Task(when, timing.nextInt(1_000), ++taskNumber, task));
  }

  void after(int millisMax, Runnable task) {
    at(now.plusMillis(timing.nextInt(millisMax + 1)), task);
  }

  /** Prints what happens, for somebody who follows one seed. */
  void tell(Supplier<String> what) {
    if (TELLS) {
      System.out.println(now + " " + what.get());
    }
  }

  void trace(String what, long number) {
    hash = hash * 31 + what.hashCode();
    hash = hash * 31 + number;
    hash = hash * 31 + now.toEpochMilli();
  }
}
