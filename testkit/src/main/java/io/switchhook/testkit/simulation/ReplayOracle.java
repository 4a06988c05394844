package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.target.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches what replays tell: what was asked for, in order, and not mixed with what happens. */
final class ReplayOracle {
  private final Disk disk;
  private final Knobs knobs;
  private final Truth truth;
  private final Oracle oracle;

  /** What was asked for when it was asked for: event by partition and offset. */
  private final Map<ReplayId, Set<Place>> wanted = new HashMap<>();

  /**
   * Calls of which something was still to be told by itself, or looked for by a row, when a replay
   * was asked for.
   */
  private final Map<ReplayId, Set<CallId>> behind = new HashMap<>();

  /**
   * How far its webhook had read at least when a replay was asked for, by partition: where it
   * leaves out what lies ahead, because the webhook reads for itself or one call is told.
   */
  private final Map<ReplayId, Map<Integer, Long>> readTo = new HashMap<>();

  private final Map<ReplayId, Set<Place>> attempted = new HashMap<>();
  private final Map<LaneKey, Open> open = new HashMap<>();

  /** What was being told again when the process ended: it comes first after the restart. */
  private final Map<LaneKey, Open> cutOff = new HashMap<>();

  private @Nullable Replay ending;
  private Set<Integer> goesOnIn = Set.of();

  /** Calls of a webhook with an event that is being told again and is not terminal yet. */
  private record Open(JournalRecord event, Instant expiresAt, int versions) {}

  private record Place(int partition, long offset) {
    static Place of(JournalRecord event) {
      return new Place(event.partition(), event.offset());
    }
  }

  /** When a replay has read an event last: its time to live counts from then. */
  private final Map<Read, Instant> reads = new HashMap<>();

  private record Read(ReplayId replay, Place place) {}

  /** When an event was last told as it happened. */
  private final Map<Told, Instant> toldLive = new HashMap<>();

  private record Told(WebhookId webhook, int partition, long offset) {}

  ReplayOracle(World world, Oracle oracle) {
    this.disk = world.disk;
    this.knobs = world.knobs;
    this.truth = world.truth;
    this.oracle = oracle;
  }

  void asked(Replay replay) {
    var places = new HashSet<Place>();
    var calls = new HashSet<CallId>();
    for (var partition : disk.journal) {
      for (var event : partition) {
        if (truth.isWanted(replay.webhook(), event)
            && !oracle.isTerminal(replay.webhook(), event)) {
          calls.add(event.call());
        }
        if (isAskedFor(replay, event)) {
          places.add(Place.of(event));
        }
      }
    }
    var live = Feed.live(replay.webhook());
    var webhookAt = new HashMap<Integer, Long>();
    for (int partition = 0; partition < disk.cursors.size(); partition++) {
      var stored = disk.cursors.get(partition);
      stored.lanes.keySet().stream()
          .filter(lane -> lane.feed().equals(live))
          .forEach(lane -> calls.add(lane.call()));
      var cursor = stored.feeds.get(live);
      if (cursor != null || replay.call() != null) {
        webhookAt.put(partition, cursor == null ? stored.watermark : cursor.offset());
      }
    }
    wanted.put(replay.id(), places);
    behind.put(replay.id(), calls);
    readTo.put(replay.id(), webhookAt);
  }

  /** The engine is given what it has asked for. */
  void read(@Nullable Feed feed, List<JournalRecord> records, Instant now) {
    var replay = feed == null ? null : feed.replay();
    if (replay != null) {
      records.forEach(record -> reads.put(new Read(replay, Place.of(record)), now));
    }
  }

  private boolean isAskedFor(Replay replay, JournalRecord event) {
    if (!replay.isAbout(event) || !truth.matchesToday(replay.webhook(), event)) {
      return false;
    }
    var isWanted = truth.isWanted(replay.webhook(), event);
    if (isWanted && !oracle.isKnownTerminal(replay.webhook(), event)) {
      return false;
    }
    return replay.only() == Only.ALL || isGivenUp(replay.webhook(), event);
  }

  private boolean isGivenUp(WebhookId webhook, JournalRecord event) {
    var giveUps = disk.cursors.get(event.partition()).giveUps(webhook);
    return giveUps.isGivenUp(event.offset())
        || (truth.isPassedWhileDisabled(webhook, event) && !giveUps.isToldByReplay(event.offset()));
  }

  /** A replay is over, but these partitions have yet to hear of it. */
  void ends(Replay replay, Set<Integer> yetToHear) {
    ending = replay;
    goesOnIn = Set.copyOf(yetToHear);
  }

  private @Nullable Replay running(Effect.Attempt attempt, @Nullable Replay known) {
    return known == null
            && ending != null
            && ending.feed().equals(attempt.lane().feed())
            && goesOnIn.contains(attempt.partition())
        ? ending
        : known;
  }

  /** The engine starts an attempt of a replay. */
  void attemptStarted(Effect.Attempt attempt, @Nullable Replay known, Instant now) {
    var replay = running(attempt, known);
    var event = attempt.telling().event();
    var lane = attempt.lane();
    unless(replay != null, "replays end", lane + " is told after the end of its replay");
    if (replay == null) {
      return;
    }
    unless(replay.isAbout(event), "replay", lane + " tells what was not asked for: " + event);
    unless(truth.matchesNow(lane.webhook(), event), "replay", lane + " tells no match");
    unless(
        !truth.isWanted(lane.webhook(), event) || oracle.isTerminal(lane.webhook(), event),
        "replay",
        lane + " tells again what is still to be told");
    var expiresAt = expiresAt(replay, event);
    unless(now.isBefore(expiresAt), "freshness", lane + " started after its time to live");
    var before = open.get(lane);
    unless(
        before == null
            || before.event().offset() == event.offset()
            || ((isTooLate(before, now) || isLeftOut(lane, before))
                && before.event().offset() < event.offset()),
        "order",
        lane + " tells " + event.offset() + " again while another is not terminal");
    open.put(lane, new Open(event, expiresAt, truth.versionsNow(lane.webhook())));
    cutOff.computeIfPresent(
        lane, (_, begun) -> event.offset() < begun.event().offset() ? begun : null);
    attempted.computeIfAbsent(replay.id(), _ -> new HashSet<>()).add(Place.of(event));
  }

  /** The webhook was changed since and did not want it then, or an earlier replay has told it. */
  private boolean isLeftOut(LaneKey lane, Open open) {
    var webhook = lane.webhook();
    var replay = disk.replays.get(lane.feed().replay());
    return !truth.matchesEverSince(webhook, open.event(), open.versions())
        || (replay != null && replay.only() == Only.FAILED && !isGivenUp(webhook, open.event()));
  }

  /** It may have been given up. */
  private boolean isTooLate(Open open, Instant now) {
    return !now.isBefore(open.expiresAt()) || oracle.giveUps.wasBelowFloor(open.event());
  }

  private Instant expiresAt(Replay replay, JournalRecord event) {
    var until =
        knobs.timesToLive().expiresAt(truth.entry(replay.webhook()), event, LogFields.of(event));
    var read = reads.get(new Read(replay.id(), Place.of(event)));
    return read == null ? Instant.MAX : read.plus(Duration.between(event.acceptedAt(), until));
  }

  /** What happens waits while something of its call is told again. */
  void liveStarts(WebhookId webhook, JournalRecord event, Instant now) {
    var call = event.call();
    toldLive.put(new Told(webhook, event.partition(), event.offset()), now);
    // What a crash lets happen once more is told by itself, and not again.
    cutOff
        .entrySet()
        .removeIf(
            entry ->
                isOf(entry.getKey(), webhook, call)
                    && event.offset() <= entry.getValue().event().offset());
    for (var begun : List.of(open, cutOff)) {
      for (var entry : begun.entrySet()) {
        var lane = entry.getKey();
        unless(
            !isOf(lane, webhook, call)
                || !disk.replays.containsKey(lane.feed().replay())
                || isTooLate(entry.getValue(), now)
                || isLeftOut(lane, entry.getValue()),
            "replays take the lane",
            "live " + webhook + " " + call + " while " + lane + " is not terminal");
      }
    }
  }

  private static boolean isOf(LaneKey lane, WebhookId webhook, CallId call) {
    return lane.webhook().equals(webhook) && lane.call().equals(call);
  }

  /** The engine is told what came of an attempt. */
  void attemptEnded(LaneKey lane, Outcome outcome, int attempt) {
    var waits = knobs.engine().retries().waits().size();
    var isOver =
        switch (outcome) {
          case Outcome.Delivered _ -> true;
          case Outcome.Refused(int status, _, _, _) ->
              attempt > waits || (isBadEvent(status) && attempt > 2);
          case Outcome.Unreachable _ -> attempt > waits;
        };
    if (isOver) {
      open.remove(lane);
    }
  }

  private static boolean isBadEvent(int status) {
    return switch (status) {
      case 400, 404, 405, 413, 415, 422 -> true;
      default -> false;
    };
  }

  /**
   * The engine says that a partition of a replay is told: then all of it was tried, or too late.
   */
  void ended(Replay replay, int partition, Instant now) {
    if (truth.isDeleted(replay.webhook())) {
      return;
    }
    var tried = attempted.getOrDefault(replay.id(), Set.of());
    for (var place : wanted.getOrDefault(replay.id(), Set.of())) {
      if (place.partition() == partition && !tried.contains(place)) {
        var event = disk.journal.get(partition).get((int) place.offset());
        unless(
            !now.isBefore(expiresAt(replay, event))
                || !truth.matchesToday(replay.webhook(), event)
                || !wasToldLiveBefore(replay, event)
                || mayComeTooEarly(replay, event)
                || place.offset() < disk.oldest(partition)
                || oracle.giveUps.wasBelowFloor(event)
                || (replay.only() == Only.FAILED && !isGivenUp(replay.webhook(), event)),
            "a replay tells all",
            replay.id() + " left out " + event);
      }
    }
  }

  /** Not wanted when it happened, in a call of which earlier events may still have to be told. */
  private boolean mayComeTooEarly(Replay replay, JournalRecord event) {
    var webhook = replay.webhook();
    var webhookAt = readTo.getOrDefault(replay.id(), Map.of()).get(event.partition());
    return !truth.isWanted(webhook, event)
        && (behind.getOrDefault(replay.id(), Set.of()).contains(event.call())
            || (webhookAt != null && event.offset() >= webhookAt)
            || truth.callBefore(event).stream()
                .anyMatch(earlier -> !wasToldLiveBefore(replay, earlier)));
  }

  /** What is told as it happens while the replay runs is not told again. */
  private boolean wasToldLiveBefore(Replay replay, JournalRecord event) {
    var told = toldLive.get(new Told(replay.webhook(), event.partition(), event.offset()));
    return (told == null || told.isBefore(replay.requestedAt().minusSeconds(5)))
        && oracle.isKnownTerminal(replay.webhook(), event);
  }

  /** The engine was killed or stopped: what was under way begins again. */
  void forget() {
    open.forEach(
        (lane, begun) -> {
          if (hasCursor(lane, begun.event().partition())) {
            cutOff.put(lane, begun);
          }
        });
    open.clear();
  }

  /** A replay that has not stored its cursor yet begins anew, as if it were asked for then. */
  private boolean hasCursor(LaneKey lane, int partition) {
    return disk.cursors.get(partition).feeds.containsKey(lane.feed());
  }
}
