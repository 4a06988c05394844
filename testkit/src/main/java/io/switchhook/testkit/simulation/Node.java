package io.switchhook.testkit.simulation;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.engine.CallThread;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Engine;
import io.switchhook.delivery.engine.Engine.Load;
import io.switchhook.delivery.engine.Input;
import io.switchhook.testkit.simulation.Reached.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One life of the process: an engine, and everything that carries out its effects. Dies with a
 * crash.
 */
final class Node {
  private final World world;
  private final Engine engine;
  private boolean alive = true;
  private boolean stopping;
  private int commitsUnderWay;
  private final Set<LaneKey> beingDeleted = new HashSet<>();
  private @Nullable Instant wakesAt;

  Node(World world) {
    this.world = world;
    this.engine = new Engine(world.knobs.engine(), world.knobs.timesToLive(), world.disk.catalog());
    world.truth.released();
    for (int partition = 0; partition < world.knobs.partitions(); partition++) {
      var state = world.disk.acquire(partition);
      if (!state.lanes().isEmpty()) {
        world.reached.at(Place.RESTART_WITH_LANES);
      }
      if (!state.feeds().isEmpty()) {
        world.reached.at(Place.RESTART_WITH_DETACHED);
      }
      step(new Input.Opened(state, world.disk.end(partition), replaysIn(partition)));
    }
  }

  void kill() {
    alive = false;
  }

  void stopAttempts() {
    stopping = true;
    step(new Input.StopAttempts());
  }

  /** The machine has more to do than it can. */
  void isLate() {
    world.reached.at(Place.WORKER_LATE);
    step(new Input.WorkerLate());
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isQuiet() {
    var load = engine.load();
    return commitsUnderWay == 0
        && engine.nextDue() == null
        && load.lanes() == 0
        && load.detached() == 0;
  }

  Load load() {
    return engine.load();
  }

  boolean isFlushed() {
    return engine.isFlushed();
  }

  /** Something happens to the process, if it still lives. */
  void step(Input input) {
    if (!alive) {
      return;
    }
    var effects = engine.step(input, world.now);
    world.trace(input.getClass().getSimpleName(), effects.size());
    world.tell(() -> "> " + input);
    for (var effect : effects) {
      world.tell(() -> "    < " + effect);
      carryOut(effect);
    }
    world.checkMemory(engine.load());
    wakeWhenDue();
  }

  private void wakeWhenDue() {
    var due = engine.nextDue();
    if (due != null && (wakesAt == null || due.isBefore(wakesAt))) {
      wakesAt = due;
      world.at(
          due,
          () -> {
            if (due.equals(wakesAt)) {
              wakesAt = null;
              step(new Input.TimePassed());
            }
          });
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.ReadPartition read -> readPartition(read);
      case Effect.ReadThread read -> {
        world.oracle.rows.begins(read.lane());
        world.after(world.knobs.readMillisMax(), () -> readThread(read));
      }
      case Effect.ReadLane read -> {
        world.oracle.rows.begins(read.lane());
        world.after(world.knobs.readMillisMax(), () -> readLane(read));
      }
      case Effect.Attempt attempt -> attempt(attempt);
      case Effect.Commit(var commit) -> commit(commit);
      case Effect.Disable(var webhook, _) -> {
        world.reached.at(Place.GONE_DISABLED_A_WEBHOOK);
        world.after(50, () -> world.changes.disable(webhook));
      }
      case Effect.Lost(int partition) -> throw new Violation("fencing", "lost " + partition);
      case Effect.BreakerMoved(_, var openUntil) ->
          world.reached.at(openUntil == null ? Place.BREAKER_CLOSED : Place.BREAKER_OPENED);
      case Effect.Detached(_, _, boolean isDetached) ->
          world.reached.at(isDetached ? Place.DETACHED : Place.CAUGHT_UP);
      case Effect.ReplayEnded(int partition, var feed, _) ->
          world.after(10, () -> whileAlive(() -> world.requests.replayEnded(partition, feed)));
      case Effect.Retired(int partition, long floor) -> world.requests.retired(partition, floor);
      case Effect.GaveUpUnread _ -> world.reached.at(Place.GIVEN_UP_UNREAD);
      case Effect.Routed(var event, _, var disabled) -> {
        if (!disabled.isEmpty()) {
          world.reached.at(Place.EVENT_PASSED_WHILE_DISABLED);
        }
        world.trace("routed", event.offset());
      }
      case Effect.Attempted _, Effect.GaveUp _, Effect.Committed _ -> {}
    }
  }

  private List<Replay> replaysIn(int partition) {
    return world.disk.replays.values().stream()
        .filter(replay -> replay.ends().containsKey(partition))
        .toList();
  }

  private void whileAlive(Runnable run) {
    if (alive) {
      run.run();
    }
  }

  private void readPartition(Effect.ReadPartition read) {
    if (read.max() < world.knobs.engine().windowOffsets()
        && read.from() + read.max() < world.disk.end(read.partition())) {
      world.reached.at(Place.READING_HELD_BACK_BY_THE_WINDOW);
    }
    world.after(
        world.knobs.readMillisMax(),
        () -> {
          if (!alive) {
            return;
          }
          var oldest = world.disk.oldest(read.partition());
          if (read.from() < oldest) {
            Violation.unless(read.feed() != null, "retention gives up first", "the crowd reads on");
            step(new Input.PartitionGap(read.partition(), read.feed(), oldest));
            return;
          }
          var records = world.disk.read(read.partition(), read.from(), read.max());
          world.oracle.replays.read(read.feed(), records, world.now);
          step(
              new Input.PartitionRead(
                  read.partition(),
                  read.feed(),
                  read.from(),
                  records,
                  giveUps(read.partition(), read.feed())));
        });
  }

  private GiveUps giveUps(int partition, @Nullable Feed feed) {
    return feed == null || feed.isLive()
        ? GiveUps.none()
        : world.disk.cursors.get(partition).giveUps(feed.webhook());
  }

  private void readThread(Effect.ReadThread read) {
    if (!alive) {
      return;
    }
    world.reached.at(Place.THREAD_LOOKED_UP);
    var webhook = read.lane().webhook();
    var giveUps = world.disk.cursors.get(read.partition()).giveUps(webhook);
    var thread = new CallThread(read.catalog(), webhook, giveUps);
    var oldest = world.disk.oldest(read.partition());
    world
        .disk
        .readCall(read.partition(), read.lane().call(), oldest, read.below())
        .forEach(thread::add);
    step(new Input.ThreadRead(read.partition(), read.lane(), thread.previous(), thread.skipped()));
  }

  private void readLane(Effect.ReadLane read) {
    if (!alive) {
      return;
    }
    world.reached.at(Place.LANE_READ_FROM_JOURNAL);
    var all = world.disk.readCall(read.partition(), read.lane().call(), read.from(), read.bound());
    var page = all.subList(0, Math.min(read.max(), all.size()));
    var readTo = page.size() < read.max() ? read.bound() : page.getLast().offset() + 1;
    if (page.size() < all.size()) {
      world.reached.at(Place.LANE_READ_A_SECOND_PAGE);
    }
    world.oracle.replays.read(read.lane().feed(), page, world.now);
    step(
        new Input.LaneRead(
            read.partition(),
            read.lane(),
            List.copyOf(page),
            readTo,
            giveUps(read.partition(), read.lane().feed())));
  }

  private void attempt(Effect.Attempt attempt) {
    var event = attempt.telling().event();
    world.oracle.attemptStarted(attempt, world.now);
    var startedAt = world.now;
    world.trace("attempt", event.offset());
    world.onTheWay(
        attempt,
        outcome -> {
          if (alive) {
            world.oracle.attemptEnded(attempt.lane(), outcome, world.now);
            step(
                new Input.AttemptEnded(
                    attempt.partition(), attempt.lane(), event, startedAt, outcome));
          }
        });
  }

  /** A store carries a commit out in stages, and may lose power before, between and within them. */
  private void commit(CursorCommit commit) {
    world.oracle.giveUps.commitRequested(commit, world.now);
    world.oracle.rows.commitRequested(commit);
    commitsUnderWay++;
    beingDeleted.addAll(commit.deleteLanes());
    var stages = new ArrayList<Runnable>();
    putsOf(commit).forEach(stages::add);
    stages.add(() -> world.disk.moveWatermark(commit));
    stages.add(() -> world.disk.deleteFeeds(commit));
    stages.add(() -> world.disk.deleteLanes(commit));
    if (!commit.putLanes().isEmpty()) {
      world.reached.at(Place.LANE_STORED);
    }
    if (!commit.deleteLanes().isEmpty()) {
      world.reached.at(Place.LANE_DELETED);
    }
    carryOut(commit, stages, 0);
  }

  private List<Runnable> putsOf(CursorCommit commit) {
    var left = new ArrayList<>(commit.putGiveUps());
    var puts = new ArrayList<Runnable>();
    for (var row : commit.putLanes()) {
      var own = left.stream().filter(giveUp -> isOf(row, giveUp)).toList();
      left.removeAll(own);
      puts.add(() -> world.disk.put(commit, row, own));
    }
    for (var cursor : commit.putFeeds()) {
      var own =
          left.stream()
              .filter(giveUp -> cursor.feed().equals(Feed.live(giveUp.webhook())))
              .toList();
      left.removeAll(own);
      puts.add(() -> world.disk.put(commit, cursor, own));
    }
    if (!left.isEmpty()) {
      puts.addFirst(() -> world.disk.put(commit, (FeedCursor) null, left));
    }
    return puts;
  }

  private boolean isOf(LaneRow row, GiveUp giveUp) {
    var event = world.disk.journal.get(giveUp.partition()).get((int) giveUp.offset());
    return giveUp.isOfOne()
        && row.key().equals(new LaneKey(giveUp.webhook(), event.call()))
        && row.head() > giveUp.offset();
  }

  private void carryOut(CursorCommit commit, List<Runnable> stages, int done) {
    var stageMillisMax = world.knobs.commitMillisMax() / stages.size();
    world.after(
        stageMillisMax,
        () -> {
          if (!alive) {
            crashedAt(commit, stages.size() - done);
            return;
          }
          if (done == stages.size()) {
            commitsUnderWay--;
            beingDeleted.removeAll(commit.deleteLanes());
            step(new Input.CommitEnded(commit.partition(), Committed.DURABLE));
            return;
          }
          stages.get(done).run();
          world.oracle.cursors.check(commit.partition());
          world.oracle.laneCap.check(beingDeleted);
          carryOut(commit, stages, done + 1);
        });
  }

  private void crashedAt(CursorCommit commit, int stagesLeft) {
    var says = !commit.putLanes().isEmpty() || !commit.putGiveUps().isEmpty();
    if (stagesLeft == 3) {
      world.reached.at(says ? Place.CRASH_BETWEEN_PUT_AND_WATERMARK : Place.CRASH_BEFORE_PUT);
    } else if (stagesLeft == 2 && !commit.deleteLanes().isEmpty()) {
      world.reached.at(Place.CRASH_BETWEEN_WATERMARK_AND_DELETE);
    } else if (stagesLeft > 3) {
      world.reached.at(
          commit.putFeeds().isEmpty() ? Place.CRASH_BEFORE_PUT : Place.CRASH_BEFORE_FEED_IS_PUT);
    }
  }
}
