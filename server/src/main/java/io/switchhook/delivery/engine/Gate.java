package io.switchhook.delivery.engine;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the lanes of one webhook through, as many at a time as its receiver takes, and says when
 * there is room for more.
 */
final class Gate {
  private static final int PAUSE_PERCENT = 90;

  final WebhookId webhook;
  final CompanyId company;

  /** Lanes of this webhook that have something pending or a row stored. */
  final Set<Lane> lanes = new LinkedHashSet<>();

  /** What happens, and what is told again. */
  final Line live = new Line();

  final Line again = new Line();

  /** When it is known that it will be served for what has to wait for its time. */
  Instant servedAt = Instant.EPOCH;

  final Breaker breaker = new Breaker();
  final Concurrency concurrency;

  /** Who reads for this webhook alone, being detached. */
  final Set<Reader> detached = new LinkedHashSet<>();

  private final EngineSettings settings;
  private final ReplayPace replayPace;
  private final CatchUpPace catchUpPace;
  private int taken;
  private int takenByReplays;
  private boolean isFull;

  /** Lanes that can work and wait for a place, and who brings more of them. */
  static final class Line {
    private final ArrayDeque<Lane> lanes = new ArrayDeque<>();
    private int reserved;

    /** Who has more to read and waits until there is room. */
    final Set<Reader> waitingReaders = new LinkedHashSet<>();

    boolean hasReady() {
      return !lanes.isEmpty();
    }

    /** The first that can still work; null when there is none. */
    private @Nullable Lane poll() {
      for (var lane = lanes.poll(); lane != null; lane = lanes.poll()) {
        lane.inReadyList = false;
        if (lane.canWork()) {
          return lane;
        }
      }
      return null;
    }
  }

  /**
   * What the paces of all gates share.
   *
   * @param replays the pace of what is told again
   * @param arrivals the events that come, by which a webhook that reads for itself is paced
   */
  record Paces(ReplayPace replays, PerSecond arrivals) {}

  Gate(WebhookId webhook, CompanyId company, EngineSettings settings, Paces paces) {
    this.webhook = webhook;
    this.company = company;
    this.settings = settings;
    this.replayPace = paces.replays;
    this.catchUpPace = new CatchUpPace(settings.attempts().catchingUpPerSecond(), paces.arrivals);
    this.concurrency =
        new Concurrency(
            settings.attempts().perWebhookAtFirst(), settings.attempts().perWebhookMax());
  }

  private Line line(Lane lane) {
    return lane.isLive() ? live : again;
  }

  /** Where its lanes wait. */
  Line line(Reader reader) {
    return reader.replay == null ? live : again;
  }

  /** Puts a lane that can work at the end of the line, once. */
  void offer(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      line(lane).lanes.add(lane);
    }
  }

  /** Puts a lane that can work at the front of the line, once. */
  void offerFirst(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      line(lane).lanes.addFirst(lane);
    }
  }

  /** The next lane whose turn it is; null when no place is free or nobody waits. */
  @Nullable Lane next(Instant now) {
    var places = places(now);
    if (taken >= places) {
      return null;
    }
    var mayTellAgain = replayPace.isFree(now);
    if (mayTellAgain && takenByReplays < places / 4) {
      var lane = again.poll();
      if (lane != null) {
        return lane;
      }
    }
    var lane = mayTell(now) ? live.poll() : null;
    if (lane == null && mayTellAgain && takenByReplays < Math.max(1, places / 4)) {
      lane = again.poll();
    }
    return lane;
  }

  /** How many attempts may be out now. */
  private int places(Instant now) {
    return breaker.places(now, concurrency.limit());
  }

  /** True when a place is free. */
  boolean hasPlace(Instant now) {
    return taken < places(now);
  }

  /** True when a place is free and somebody is in line who may take it. */
  boolean couldLetThrough(Instant now) {
    return hasPlace(now)
        && ((live.hasReady() && mayTell(now)) || (again.hasReady() && replayPace.isFree(now)));
  }

  /** False while it reads some partition for itself and was told something just now. */
  boolean mayTell(Instant now) {
    return !readsForItself() || catchUpPace.isFree(now);
  }

  private boolean readsForItself() {
    return !detached.isEmpty();
  }

  /** When somebody in line may be told whose time has not come; null when nobody waits for it. */
  @Nullable Instant pacedUntil(Instant now) {
    var tellAt = live.hasReady() && !mayTell(now) ? catchUpPace.freeAt() : null;
    var againAt = again.hasReady() && !replayPace.isFree(now) ? replayPace.freeAt() : null;
    return tellAt == null || (againAt != null && againAt.isBefore(tellAt)) ? againAt : tellAt;
  }

  /** An attempt of what happens begins. */
  void tells(Instant now) {
    if (readsForItself()) {
      catchUpPace.begins(now);
    }
  }

  boolean hasReady() {
    return live.hasReady() || again.hasReady();
  }

  /** How many lanes wait with what happens. */
  int waiting() {
    return live.lanes.size();
  }

  /** How many places are taken. */
  int taken() {
    return taken;
  }

  void take(Lane lane) {
    taken++;
    takenByReplays += lane.isLive() ? 0 : 1;
  }

  void giveBack(Lane lane) {
    taken--;
    takenByReplays -= lane.isLive() ? 0 : 1;
  }

  /**
   * How many new calls the readers of a line may bring now: none while the receiver is left alone,
   * while enough wait in line, or while too many calls are behind.
   */
  int roomForMore(Line line, Instant now) {
    var places = places(now);
    if (places == 0 || line.lanes.size() + line.reserved >= 2 * places) {
      return 0;
    }
    return roomForLanes();
  }

  /**
   * How many more calls may be behind. Once the cap was reached, none until they are fewer than 90
   * percent of it.
   */
  int roomForLanes() {
    var count = lanes.size() + live.reserved + again.reserved;
    if (count >= settings.lanesPerWebhook()) {
      isFull = true;
    } else if (isFarFromCap(count)) {
      isFull = false;
    }
    return isFull ? 0 : settings.lanesPerWebhook() - count;
  }

  /** A read that is under way may bring so many. */
  void reserve(Reader reader, int count) {
    reader.reserved = count;
    line(reader).reserved += count;
  }

  /** The read has ended. */
  void release(Reader reader) {
    line(reader).reserved -= reader.reserved;
    reader.reserved = 0;
  }

  /** True when the receiver keeps up, or nothing more can be known without asking it. */
  boolean isCalm(Instant now) {
    return breaker.isOpen()
        ? breaker.places(now, 1) > 0 && lanes.isEmpty()
        : waiting() < settings.linePerWebhook() && isFarFromCap(lanes.size());
  }

  private boolean isFarFromCap(int count) {
    return count * 100L < (long) settings.lanesPerWebhook() * PAUSE_PERCENT;
  }

  /** The lanes in a partition, of what happens. */
  List<Lane> liveLanesIn(PartitionBook book) {
    return lanes.stream().filter(lane -> lane.book == book && lane.isLive()).toList();
  }
}
