package io.switchhook.delivery.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Rings once, at the earliest time that was asked for. It holds one timer at most: an engine with
 * something due in a day asks for an earlier time, and again for that day, many times a second. For
 * one event loop.
 */
final class Alarm {
  private final Timers timers;
  private final InstantSource clock;
  private final Runnable ring;
  private @Nullable Instant at;
  private long timer;

  /** Sets timers that run on the event loop of the caller. */
  interface Timers {
    /** Returns the timer's number. */
    long set(long millis, Runnable run);

    void cancel(long timer);
  }

  Alarm(Timers timers, InstantSource clock, Runnable ring) {
    this.timers = timers;
    this.clock = clock;
    this.ring = ring;
  }

  /** Asks to ring at {@code due}; nothing changes when it rings earlier anyway. */
  void setFor(Instant due) {
    if (at != null) {
      if (!due.isBefore(at)) {
        return;
      }
      timers.cancel(timer);
    }
    at = due;
    // A timer of Vert.x waits at least a millisecond.
    var millis = Duration.between(clock.instant(), due).toMillis();
    timer =
        timers.set(
            Math.max(1, millis),
            () -> {
              at = null;
              ring.run();
            });
  }
}
