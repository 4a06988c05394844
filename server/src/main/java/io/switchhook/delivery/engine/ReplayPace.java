package io.switchhook.delivery.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When the next event may be told again. All replays of an engine share it: they come evenly, and
 * what happens has precedence. The more of it, the fewer are told again; but never fewer than a
 * tenth of it, and of what may be told again while nothing happens.
 */
final class ReplayPace {
  private static final int SHARES = 10;

  private final int perSecond;
  private final Pace pace = new Pace();
  private final PerSecond live = new PerSecond();

  /** At most so many attempts in a second. */
  ReplayPace(int perSecond) {
    this.perSecond = perSecond;
  }

  /** An attempt of what happens begins. */
  void liveBegins(Instant now) {
    live.count(1, now);
  }

  /** An attempt of a replay begins. */
  void replayBegins(Instant now) {
    pace.begins(now, rate(now), Duration.ZERO);
  }

  /** True when an event may be told again now. */
  boolean isFree(Instant now) {
    return pace.isFree(now);
  }

  /** From when on an event may be told again. */
  Instant freeAt() {
    return pace.freeAt();
  }

  private int rate(Instant now) {
    var most = live.most(now);
    return Math.max(1, Math.max(perSecond - most, Math.max(most, perSecond) / SHARES));
  }
}
