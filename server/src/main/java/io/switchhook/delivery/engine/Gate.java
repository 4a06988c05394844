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

  /** Who has more to read for this webhook and waits until there is room. */
  final Set<Reader> waitingReaders = new LinkedHashSet<>();

  final Breaker breaker = new Breaker();
  final Concurrency concurrency;

  /** Who reads for this webhook alone, being detached. */
  final Set<Reader> detached = new LinkedHashSet<>();

  private final EngineSettings settings;
  private final ArrayDeque<Lane> live = new ArrayDeque<>();
  private final ArrayDeque<Lane> again = new ArrayDeque<>();
  private int taken;
  private int takenByReplays;
  private int reserved;
  private boolean isFull;

  Gate(WebhookId webhook, CompanyId company, EngineSettings settings) {
    this.webhook = webhook;
    this.company = company;
    this.settings = settings;
    this.concurrency =
        new Concurrency(
            settings.attempts().perWebhookAtFirst(), settings.attempts().perWebhookMax());
  }

  private ArrayDeque<Lane> line(Lane lane) {
    return lane.isLive() ? live : again;
  }

  /** Puts a lane that can work at the end of the line, once. */
  void offer(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      line(lane).add(lane);
    }
  }

  /** Puts a lane that can work at the front of the line, once. */
  void offerFirst(Lane lane) {
    if (!lane.inReadyList && lane.canWork()) {
      lane.inReadyList = true;
      line(lane).addFirst(lane);
    }
  }

  /** The next lane whose turn it is; null when no place is free or nobody waits. */
  @Nullable Lane next(Instant now) {
    var places = places(now);
    if (taken >= places) {
      return null;
    }
    if (takenByReplays < places / 4) {
      var lane = firstThatCanWork(again);
      if (lane != null) {
        return lane;
      }
    }
    var lane = firstThatCanWork(live);
    if (lane == null && takenByReplays < Math.max(1, places / 4)) {
      lane = firstThatCanWork(again);
    }
    return lane;
  }

  private static @Nullable Lane firstThatCanWork(ArrayDeque<Lane> line) {
    for (var lane = line.poll(); lane != null; lane = line.poll()) {
      lane.inReadyList = false;
      if (lane.canWork()) {
        return lane;
      }
    }
    return null;
  }

  /** How many attempts may be out now. */
  private int places(Instant now) {
    return breaker.places(now, concurrency.limit());
  }

  /** True when a place is free and somebody is in line. */
  boolean couldLetThrough(Instant now) {
    return taken < places(now) && hasReady();
  }

  boolean hasReady() {
    return !live.isEmpty() || !again.isEmpty();
  }

  /** How many lanes wait in line. */
  int waiting() {
    return live.size() + again.size();
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
   * How many new calls its readers may bring now: none while the receiver is left alone, while
   * enough wait in line, or while too many calls are behind.
   */
  int roomForMore(Instant now) {
    var places = places(now);
    if (places == 0 || waiting() + reserved >= 2 * places) {
      return 0;
    }
    return roomForLanes();
  }

  /**
   * How many more calls may be behind. Once the cap was reached, none until they are fewer than 90
   * percent of it.
   */
  int roomForLanes() {
    var count = lanes.size() + reserved;
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
    reserved += count;
  }

  /** The read has ended. */
  void release(Reader reader) {
    reserved -= reader.reserved;
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
