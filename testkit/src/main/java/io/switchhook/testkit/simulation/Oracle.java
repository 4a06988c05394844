package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Violation.unless;

import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.target.Outcome;
import io.switchhook.testkit.simulation.Reached.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Watches the engine from outside and knows what it promised. It believes only what is on the disk
 * and what receivers saw, and decides what matches by rules of its own ({@link Truth}).
 */
final class Oracle {
  private final Disk disk;
  private final Knobs knobs;
  private final Truth truth;
  private final Reached reached;

  /** The rows that the running engine began with, of lanes that have not been worked at since. */
  private final Map<LaneKey, LaneRow> rowsAtStart = new LinkedHashMap<>();

  /** A delivery: one event and one webhook. */
  record Delivery(WebhookId webhook, int partition, long offset) {}

  /** A delivery with an attempt under way. */
  private record Flight(Delivery delivery, int attempt, Instant startedAt) {}

  /** Deliveries that a receiver has answered with 2xx. */
  private final Map<Delivery, Instant> acknowledged = new LinkedHashMap<>();

  /** Deliveries whose 2xx the engine has seen since its start. */
  private final Set<Delivery> seenDelivered = new HashSet<>();

  /** Deliveries whose 2xx an engine saw at some time, and when. */
  private final Map<Delivery, Instant> seenDeliveredAt = new LinkedHashMap<>();

  final LaneCap laneCap;
  final ReplayOracle replays;
  final GiveUpOracle giveUps;
  final CursorOracle cursors;
  final RowOracle rows;
  private final ThreadOracle threads;
  private final Outages outages;
  private final Map<LaneKey, Flight> inFlight = new LinkedHashMap<>();
  private final Map<Delivery, Integer> failuresSinceStart = new LinkedHashMap<>();
  private final Map<Delivery, Integer> failuresEver = new LinkedHashMap<>();
  private final Map<Delivery, Instant> notBefore = new LinkedHashMap<>();

  /**
   * Deliveries that were seen delivered and may all the same be told again, because a crash came
   * soon after.
   */
  private final Set<Delivery> mayRepeat = new HashSet<>();

  Oracle(World world) {
    this.disk = world.disk;
    this.knobs = world.knobs;
    this.truth = world.truth;
    this.reached = world.reached;
    this.giveUps = new GiveUpOracle(world, this);
    this.replays = new ReplayOracle(world, this);
    this.cursors = new CursorOracle(world, this);
    this.rows = new RowOracle(world, this);
    this.threads = new ThreadOracle(disk, truth, reached);
    this.outages = new Outages(knobs);
    this.laneCap = new LaneCap(disk, knobs.engine().lanesPerWebhook(), reached);
  }

  /** The engine starts an attempt. */
  void attemptStarted(Effect.Attempt attempt, Instant now) {
    var lane = attempt.lane();
    rows.begins(lane);
    unless(
        inFlight.keySet().stream().noneMatch(other -> isOfSameCall(lane, other)),
        "single flight",
        "two attempts of " + lane);
    if (lane.feed().isLive()) {
      liveAttemptStarted(attempt, now);
    } else if (truth.isDeleted(lane.webhook())) {
      unless(!truth.isDisabledNow(lane.webhook()), "deleted", lane + " told after deletion");
    } else {
      replays.attemptStarted(attempt, disk.replays.get(lane.feed().replay()), now);
      threads.check(attempt);
      start(attempt, now);
    }
  }

  private static boolean isOfSameCall(LaneKey one, LaneKey other) {
    return one.webhook().equals(other.webhook()) && one.call().equals(other.call());
  }

  private void liveAttemptStarted(Effect.Attempt attempt, Instant now) {
    var event = attempt.telling().event();
    var lane = attempt.lane();
    var delivery = new Delivery(lane.webhook(), event.partition(), event.offset());
    if (truth.isDeleted(lane.webhook())) {
      unless(!truth.isDisabledNow(lane.webhook()), "deleted", delivery + " told after deletion");
      inFlight.put(lane, new Flight(delivery, attempt.telling().attempt(), now));
      return;
    }
    unless(truth.isWanted(lane.webhook(), event), "routing", delivery + " is not wanted");
    unless(!seenDelivered.contains(delivery), "at least once", delivery + " again without a crash");
    unless(
        !truth.isDisabledNow(lane.webhook()), "disabled", delivery + " told to a disabled webhook");
    unless(!isGivenUp(delivery), "give-ups are durable", delivery + " told after it was given up");
    unless(
        now.isBefore(
            knobs.timesToLive().expiresAt(truth.entry(lane.webhook()), event, LogFields.of(event))),
        "freshness",
        delivery + " started after its time to live");
    unless(
        !now.isBefore(notBefore.getOrDefault(delivery, Instant.EPOCH)),
        "timing",
        delivery + " before " + notBefore.get(delivery) + " at " + now);
    replays.liveStarts(lane.webhook(), event, now);
    checkRepeat(delivery);
    checkOrder(lane, event);
    threads.check(attempt);
    unless(
        attempt.telling().attempt() > failuresSinceStart.getOrDefault(delivery, 0),
        "attempts are counted",
        delivery + " attempt " + attempt.telling().attempt());
    checkRowIsGoneOnFrom(attempt, event);
    start(attempt, now);
  }

  private void start(Effect.Attempt attempt, Instant now) {
    var event = attempt.telling().event();
    var lane = attempt.lane();
    var delivery = new Delivery(lane.webhook(), event.partition(), event.offset());
    var flights = inFlight.keySet().stream().filter(this::isKnown).toList();
    unless(flights.size() < knobs.engine().attempts().total(), "concurrency", flights + " are out");
    outages.attemptStarts(lane.webhook(), LaneCap.countOf(lane.webhook(), flights.stream()), now);
    inFlight.put(lane, new Flight(delivery, attempt.telling().attempt(), now));
  }

  private boolean isKnown(LaneKey lane) {
    return !truth.isDeleted(lane.webhook())
        && (lane.feed().isLive() || disk.replays.containsKey(lane.feed().replay()));
  }

  /** A restart goes on counting where the stored row stopped. */
  private void checkRowIsGoneOnFrom(Effect.Attempt attempt, JournalRecord event) {
    var row = rowsAtStart.remove(attempt.lane());
    if (row == null || row.head() > event.offset()) {
      return;
    }
    var isTheHead =
        disk.readCall(event.partition(), event.call(), row.head(), event.offset()).stream()
            .noneMatch(between -> truth.isWanted(attempt.lane().webhook(), between));
    unless(
        !isTheHead || attempt.telling().attempt() == row.attempts() + 1,
        "attempts are counted",
        attempt.lane() + " attempt " + attempt.telling().attempt() + " after " + row);
  }

  /**
   * After a crash only what was delivered shortly before it is told again; after a clean stop
   * nothing.
   */
  private void checkRepeat(Delivery delivery) {
    var before = seenDeliveredAt.get(delivery);
    unless(
        before == null || mayRepeat.contains(delivery),
        "bounded repeats",
        delivery + " again, delivered at " + before);
  }

  private void checkOrder(LaneKey lane, JournalRecord event) {
    for (var earlier : truth.callBefore(event)) {
      if (truth.isWanted(lane.webhook(), earlier)) {
        var delivery = new Delivery(lane.webhook(), earlier.partition(), earlier.offset());
        unless(
            acknowledged.containsKey(delivery) || isGivenUp(delivery),
            "order",
            "event " + event.offset() + " of " + lane + " before " + earlier.offset());
      }
    }
  }

  /** A change of webhooks holds from now on: who was disabled begins anew with its receiver. */
  void released() {
    outages.forgetIf(truth::isDisabledNow);
  }

  /** A receiver has processed a request with a 2xx. */
  void acknowledged(LaneKey lane, JournalRecord event, Instant now) {
    acknowledged.putIfAbsent(new Delivery(lane.webhook(), event.partition(), event.offset()), now);
  }

  /** The engine is told what came of an attempt. */
  void attemptEnded(LaneKey lane, Outcome outcome, Instant now) {
    var flight = inFlight.remove(lane);
    if (flight == null) {
      return;
    }
    var delivery = flight.delivery();
    if (!lane.feed().isLive()) {
      replays.attemptEnded(lane, outcome, flight.attempt());
    }
    if (outages.answered(lane.webhook(), outcome, flight.startedAt(), now)) {
      notBefore.keySet().removeIf(waiting -> waiting.webhook().equals(lane.webhook()));
    }
    if (!lane.feed().isLive()) {
      return;
    }
    if (outcome instanceof Outcome.Delivered) {
      seenDelivered.add(delivery);
      seenDeliveredAt.put(delivery, now);
      return;
    }
    failuresSinceStart.merge(delivery, 1, Integer::sum);
    failuresEver.merge(delivery, 1, Integer::sum);
    var waits = knobs.engine().retries().waits();
    if (flight.attempt() <= waits.size()) {
      var earliest = Duration.ofMillis((long) (waits.get(flight.attempt() - 1).toMillis() * 0.79));
      notBefore.put(delivery, now.plus(longer(earliest, retryAfter(outcome))));
    }
  }

  private Duration retryAfter(Outcome outcome) {
    if (outcome instanceof Outcome.Refused(_, var asked, _, _) && asked != null) {
      reached.at(Place.RETRY_AFTER_HONOURED);
      return asked.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : asked;
    }
    return Duration.ZERO;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  boolean isAcknowledged(Delivery delivery) {
    return acknowledged.containsKey(delivery);
  }

  boolean isSeenDelivered(Delivery delivery) {
    return seenDelivered.contains(delivery);
  }

  boolean isInFlight(Delivery delivery) {
    return inFlight.values().stream().anyMatch(flight -> flight.delivery().equals(delivery));
  }

  int failures(Delivery delivery) {
    return failuresEver.getOrDefault(delivery, 0);
  }

  boolean isTerminal(WebhookId webhook, JournalRecord event) {
    var delivery = new Delivery(webhook, event.partition(), event.offset());
    return acknowledged.containsKey(delivery) || isGivenUp(delivery);
  }

  /** True when the engine knows, too: no answer was lost, no crash came soon after. */
  boolean isKnownTerminal(WebhookId webhook, JournalRecord event) {
    var delivery = new Delivery(webhook, event.partition(), event.offset());
    return isGivenUp(delivery)
        || !truth.isWanted(webhook, event)
        || (seenDeliveredAt.containsKey(delivery) && !mayRepeat.contains(delivery));
  }

  /** True when nothing of the call is still to be told to anybody. */
  boolean isQuiet(CallId call, int partition) {
    return disk.readCall(partition, call, 0, disk.end(partition)).stream()
        .allMatch(
            event ->
                disk.webhooks.keySet().stream()
                    .allMatch(
                        webhook -> !truth.isWanted(webhook, event) || isTerminal(webhook, event)));
  }

  boolean isGivenUp(Delivery delivery) {
    return disk.cursors.get(delivery.partition()).isGivenUp(delivery.webhook(), delivery.offset());
  }

  /** The engine was killed; what it delivered since {@code repeatsSince} may be told again. */
  void crashed(Instant repeatsSince) {
    mayRepeat.removeAll(seenDelivered);
    for (var delivery : seenDelivered) {
      if (!instantOf(delivery).isBefore(repeatsSince)) {
        mayRepeat.add(delivery);
      }
    }
    forget();
  }

  private Instant instantOf(Delivery delivery) {
    return seenDeliveredAt.getOrDefault(delivery, Instant.EPOCH);
  }

  /** The engine stopped cleanly: nothing may be told again. */
  void stopped() {
    unless(inFlight.isEmpty(), "clean stop", "attempts in flight " + inFlight.keySet());
    mayRepeat.removeAll(seenDelivered);
    forget();
  }

  private void forget() {
    replays.forget();
    rows.forget();
    inFlight.clear();
    seenDelivered.clear();
    failuresSinceStart.clear();
    notBefore.clear();
    rowsAtStart.clear();
    outages.forget();
    disk.cursors.forEach(stored -> rowsAtStart.putAll(stored.lanes));
    laneCap.started(rowsAtStart.keySet());
  }

  /** In the end everything is told or given up, and nothing is left to do. */
  void checkEverythingIsTold() {
    for (int partition = 0; partition < disk.journal.size(); partition++) {
      var stored = disk.cursors.get(partition);
      unless(stored.lanes.isEmpty(), "liveness", "lanes are left: " + stored.lanes.keySet());
      unless(stored.feeds.isEmpty(), "liveness", "detached are left: " + stored.feeds.keySet());
      unless(stored.watermark == disk.end(partition), "liveness", "watermark " + stored.watermark);
      for (var event : disk.journal.get(partition)) {
        for (var webhook : disk.webhooks.keySet()) {
          unless(
              !truth.isWanted(webhook, event) || isTerminal(webhook, event),
              "durable",
              event.offset() + " was never told to " + webhook);
        }
      }
    }
  }

  boolean hasAttemptInFlight() {
    return !inFlight.isEmpty();
  }
}
