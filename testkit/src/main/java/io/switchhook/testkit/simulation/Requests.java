package io.switchhook.testkit.simulation;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.delivery.engine.Input;
import io.switchhook.testkit.simulation.Reached.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Somebody who asks for replays and lets the journal let go of what is old. */
final class Requests {
  private final World world;
  private final Random random;
  private final Map<ReplayId, Set<Integer>> endedIn = new HashMap<>();
  private final Map<Integer, Long> floors = new HashMap<>();

  /** The highest floor that was ever asked for: what a crash undid may have been done in part. */
  private final Map<Integer, Long> highestFloors = new HashMap<>();

  private int asked;

  Requests(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  void somethingIsAskedFor() {
    switch (random.nextInt(4)) {
      case 0 -> retire();
      case 1 -> cancel();
      default -> replay();
    }
  }

  /** Below this offset the partition is going to be let go of. */
  long floor(int partition) {
    return floors.getOrDefault(partition, 0L);
  }

  /** Below this offset the partition was going to be let go of at some time. */
  long highestFloor(int partition) {
    return highestFloors.getOrDefault(partition, 0L);
  }

  private void retire() {
    var partition = random.nextInt(world.knobs.partitions());
    var end = world.disk.end(partition);
    var floor = Math.max(floor(partition), end / 2 + (end > 4 ? random.nextInt((int) end / 4) : 0));
    floors.put(partition, floor);
    highestFloors.merge(partition, floor, Math::max);
    world.node.step(new Input.Retire(partition, floor));
  }

  /** Nothing below is pending, says the engine. */
  void retired(int partition, long floor) {
    world.reached.at(Place.RETIRED);
    world.oracle.giveUps.checkNothingIsPendingBelow(partition, floor);
    world.disk.oldest.merge(partition, floor, Math::max);
  }

  private void replay() {
    var free =
        world.disk.webhooks.values().stream()
            .map(entry -> entry.webhook())
            .filter(webhook -> webhook.isEnabled() && !world.truth.isDisabledNow(webhook.id()))
            .filter(
                webhook ->
                    world.disk.replays.values().stream()
                        .noneMatch(replay -> replay.webhook().equals(webhook.id())))
            .toList();
    if (free.isEmpty() || world.changes.isUnderWay() || world.node.isStopping()) {
      return;
    }
    var webhook = free.get(random.nextInt(free.size()));
    var call = random.nextInt(4) == 0 ? world.someCall(random) : null;
    var replay =
        new Replay(
            new ReplayId("rp_" + ++asked),
            webhook.id(),
            call,
            random.nextBoolean() ? Instant.EPOCH : world.now.minus(Duration.ofSeconds(10)),
            world.now,
            random.nextBoolean() ? Only.FAILED : Only.ALL,
            world.now,
            Map.of(),
            world.endsOf(call));
    world.disk.replays.put(replay.id(), replay);
    world.oracle.replays.asked(replay);
    world.reached.at(replay.only() == Only.ALL ? Place.REPLAY_OF_ALL : Place.REPLAY_OF_FAILED);
    partitionsOf(replay).forEach(p -> world.node.step(new Input.StartReplay(p, replay)));
  }

  private void cancel() {
    var running = List.copyOf(world.disk.replays.values());
    if (!running.isEmpty()) {
      world.reached.at(Place.REPLAY_CANCELLED);
      end(running.get(random.nextInt(running.size())));
    }
  }

  private void end(Replay replay) {
    world.disk.replays.remove(replay.id());
    var yetToHear = partitionsOf(replay);
    for (int partition : List.copyOf(yetToHear)) {
      yetToHear.remove(partition);
      world.oracle.replays.ends(replay, yetToHear);
      world.node.step(new Input.EndReplay(partition, replay.feed()));
    }
  }

  /** In an order that is the same in every run. */
  private static SortedSet<Integer> partitionsOf(Replay replay) {
    return new TreeSet<>(replay.ends().keySet());
  }

  /** All that a replay has to tell in a partition is terminal, says the engine. */
  void replayEnded(int partition, Feed feed) {
    var replay = world.disk.replays.get(feed.replay());
    if (replay == null) {
      return;
    }
    world.oracle.replays.ended(replay, partition, world.now);
    var partitions = endedIn.computeIfAbsent(replay.id(), _ -> new HashSet<>());
    partitions.add(partition);
    if (partitions.size() == replay.ends().size()) {
      world.reached.at(Place.REPLAY_DONE);
      end(replay);
    }
  }

  /** Replays of a webhook that is disabled or deleted are over. */
  void webhooksChanged() {
    world
        .disk
        .replays
        .values()
        .removeIf(
            replay -> {
              var entry = world.disk.webhooks.get(replay.webhook());
              return entry == null || !entry.webhook().isEnabled();
            });
  }

  /**
   * What the engine said and nobody noted is said again after a restart; replays of a webhook that
   * was disabled or deleted just before are over, although the engine never heard of that.
   */
  void crashed() {
    endedIn.clear();
    webhooksChanged();
    if (!world.disk.replays.isEmpty()) {
      world.reached.at(Place.CRASH_DURING_A_REPLAY);
    }
    floors.keySet().forEach(p -> floors.put(p, world.disk.oldest(p)));
  }
}
