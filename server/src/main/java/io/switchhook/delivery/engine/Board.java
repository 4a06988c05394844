package io.switchhook.delivery.engine;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.routing.WebhookCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What the parts of the engine share: everything that it knows, the time of the step, and the
 * effects so far.
 */
final class Board {
  /** So many times longer is waited for what this machine, and no receiver, is late with. */
  private static final int LATE_PATIENCE = 10;

  /** So many times smaller is the crowd's window while all places are taken. */
  private static final int SMALLER_WHILE_FULL = 16;

  final EngineSettings settings;
  final Freshness freshness;
  final Calls calls;
  final Timers timers = new Timers();
  final Map<Integer, PartitionBook> books = new LinkedHashMap<>();
  final Map<WebhookId, Gate> gates = new LinkedHashMap<>();

  final Turns turns;

  final ReplayPace replayPace;

  /** Records that came. */
  final PerSecond arrivals = new PerSecond();

  private final Gate.Paces paces;

  /** Lanes with something below their partition's floor. */
  final ArrayDeque<Lane> overdue = new ArrayDeque<>();

  /** Partitions with a commit that is due at some time, the earliest first. */
  final ArrayDeque<PartitionBook> commitsDue = new ArrayDeque<>();

  /** Who may have more to read, and room for it. */
  final Set<Reader> readersToRead = new LinkedHashSet<>();

  WebhookCatalog catalog;
  Instant now = Instant.EPOCH;
  boolean stopping;

  /** Until then no webhook is detached for what waits: this machine is late itself. */
  Instant lateUntil = Instant.EPOCH;

  /** Webhooks that read for themselves. */
  final Set<Gate> detached = new LinkedHashSet<>();

  /** Gates that open again, the earliest first. */
  final PriorityQueue<GateTimer> gateTimers =
      new PriorityQueue<>(Comparator.comparing(GateTimer::at).thenComparingLong(GateTimer::number));

  private long lastGateTimer;

  /** A gate is to be served at that time. */
  record GateTimer(Instant at, long number, Gate gate) {}

  /** How many lanes are behind, of all gates. */
  int lanesBehind;

  /** Bytes of events at hand. */
  long bytesAtHand;

  private List<Effect> effects = new ArrayList<>();

  Board(EngineSettings settings, Freshness freshness, WebhookCatalog catalog) {
    this.settings = settings;
    this.freshness = freshness;
    this.catalog = catalog;
    this.calls = new Calls(settings.idleCalls());
    this.turns = new Turns(settings.attempts().total());
    this.replayPace = new ReplayPace(settings.attempts().replaysPerSecond());
    this.paces = new Gate.Paces(replayPace, arrivals);
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  List<Effect> takeEffects() {
    var taken = effects;
    effects = new ArrayList<>();
    return taken;
  }

  Gate gate(WebhookId webhook, CompanyId company) {
    return gates.computeIfAbsent(webhook, id -> new Gate(id, company, settings, paces));
  }

  /** A lane may be able to work now, or has to give up what is below the floor. */
  void offer(Lane lane) {
    if (lane.isOverdue()) {
      offerOverdue(lane);
      return;
    }
    lane.gate.offer(lane);
    if (lane.gate.hasReady()) {
      turns.add(lane.gate);
    }
  }

  /** A lane may be able to work now, and is the next whose turn it is. */
  private void offerFirst(Lane lane) {
    if (lane.isOverdue()) {
      offerOverdue(lane);
      return;
    }
    lane.gate.offerFirst(lane);
    turns.add(lane.gate);
  }

  /** A lane goes on, and so may who waited for it. */
  void offerWithOthers(Lane lane) {
    offer(lane);
    offerOthers(lane);
  }

  /** A lane has read on: it is the next whose turn it is, unless who waited for it goes first. */
  void offerFirstWithOthers(Lane lane) {
    offerFirst(lane);
    offerOthers(lane);
  }

  private void offerOthers(Lane lane) {
    for (var other : lane.call.lanes) {
      if (other != lane && other.gate == lane.gate) {
        offer(other);
      }
    }
  }

  private void offerOverdue(Lane lane) {
    if (!lane.inOverdueList) {
      lane.inOverdueList = true;
      overdue.add(lane);
    }
  }

  /** A lane has something pending, or a row stored. */
  void behind(Lane lane) {
    if (lane.gate.lanes.add(lane)) {
      lanesBehind++;
    }
  }

  /** A lane has neither any more. */
  void notBehind(Lane lane) {
    if (lane.gate.lanes.remove(lane)) {
      lanesBehind--;
    }
  }

  /** A webhook reads this partition for itself. */
  void reads(Gate gate, Reader reader) {
    gate.detached.add(reader);
    detached.add(gate);
  }

  /** A webhook is back with the crowd of this partition. */
  void isBack(Gate gate, Reader reader) {
    gate.detached.remove(reader);
    if (gate.detached.isEmpty()) {
      detached.remove(gate);
    }
  }

  /** There may be room for more of this webhook's events. */
  void wakeReaders(Gate gate) {
    wake(gate.live, gate);
    wake(gate.again, gate);
  }

  private void wake(Gate.Line line, Gate gate) {
    if (!line.waitingReaders.isEmpty() && gate.roomForMore(line, now) > 0) {
      readersToRead.addAll(line.waitingReaders);
      line.waitingReaders.clear();
    }
  }

  /** The lane's reader may have to pass what the journal lets go of. */
  void wakeBelowFloor(Lane lane) {
    if (lane.reader.window.readPosition() < lane.book.floor) {
      readersToRead.add(lane.reader);
    }
  }

  /** Somebody may be let through this gate then. */
  void serveAt(Gate gate, Instant at) {
    gateTimers.add(new GateTimer(at, ++lastGateTimer, gate));
  }

  /** What has to wait for its time is let through then. */
  void serveInTime(Gate gate) {
    var at = gate.pacedUntil(now);
    if (at != null && (!gate.servedAt.isAfter(now) || at.isBefore(gate.servedAt))) {
      gate.servedAt = at;
      serveAt(gate, at);
    }
  }

  /** The gates whose time has come. */
  void expireGateTimers() {
    for (var first = gateTimers.peek();
        first != null && !first.at().isAfter(now);
        first = gateTimers.peek()) {
      gateTimers.remove();
      turns.add(first.gate());
      wakeReaders(first.gate());
      first.gate().detached.forEach(reader -> commitSoon(reader.book));
    }
  }

  /** A lane takes a place. */
  void take(Lane lane) {
    lane.begunAt = now;
    turns.take(lane);
  }

  /**
   * How far the crowd may be ahead of what is pending. While all places are taken, more at hand
   * would only let another company's events of the same partition take their turn sooner.
   */
  int crowdWindow() {
    int window = settings.windowOffsets();
    return turns.isFull() ? Math.max(1, window / SMALLER_WHILE_FULL) : window;
  }

  /** Parks a lane until then. */
  void park(Lane lane, Instant until) {
    lane.nextAt = until;
    timers.add(lane, until);
  }

  /**
   * Something of this partition's cursors has changed: it is committed within the commit interval.
   */
  void commitSoon(PartitionBook book) {
    if (book.commitDueAt == null) {
      book.commitDueAt = nextCommits();
      commitsDue.add(book);
    }
  }

  /** All partitions commit at the same moments, so that a store can write what they say at once. */
  private Instant nextCommits() {
    long interval = settings.commitInterval().toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), interval) + 1) * interval);
  }

  /** Something waits for this partition's commit. */
  void commitNow(PartitionBook book) {
    if (book.commitDueAt == null || book.commitDueAt.isAfter(now)) {
      if (book.commitDueAt != null) {
        commitsDue.remove(book);
      }
      book.commitDueAt = now;
      commitsDue.addFirst(book);
    }
  }

  /** True while what waits may wait for this machine and not for its receivers. */
  boolean isLate() {
    return lateUntil.isAfter(now);
  }

  /** For how long one delivery may hold a cursor: rows for all that waits are more to do, too. */
  Duration patience() {
    return isLate() ? longPatience() : settings.patience();
  }

  /** For how long it may hold a cursor because this machine does not come to it. */
  Duration longPatience() {
    return settings.patience().multipliedBy(LATE_PATIENCE);
  }

  /** True while calls that are behind are read, and kept at hand, one event at a time. */
  boolean isShortOfMemory() {
    return bytesAtHand > settings.memoryBytes() / 2;
  }

  /** Forgets what is at hand of a lane that a row covers; it is read again. */
  void forgetQueue(Lane lane) {
    lane.queue.forEach(this::forgetBytes);
    lane.forgetQueue();
  }

  /** A lane goes: nothing more of it starts, and what is in flight is not heard of any more. */
  void drop(Lane lane) {
    if (!lane.covered) {
      lane.pendingOffsets().forEach(lane.reader.window::close);
      lane.reader.notPendingUncovered(lane);
    } else {
      lane.book.orphans.add(lane.key);
    }
    lane.queue.forEach(this::forgetBytes);
    if (lane.inFlight != null) {
      forgetBytes(lane.inFlight);
    }
    if (lane.inFlight != null || lane.reading) {
      turns.giveBack(lane);
    }
    lane.queue.clear();
    lane.inFlight = null;
    lane.reading = false;
    lane.dropped = true;
    lane.nextAt = null;
    lane.book.changed.remove(lane);
    lane.book.settled.remove(lane);
    notBehind(lane);
    calls.remove(lane);
    commitSoon(lane.book);
  }

  /** An event is no longer at hand. */
  void forgetBytes(Item item) {
    bytesAtHand -= item.event().body().size();
  }
}
