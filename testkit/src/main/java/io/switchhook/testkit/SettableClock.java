package io.switchhook.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that shows what a test sets. Any thread may read and set it. */
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that stands at a time. */
  public SettableClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Puts the clock to a time, forwards or back. */
  public void set(Instant time) {
    now.set(time);
  }

  /** Moves the clock forwards; back with a negative duration. */
  public void advance(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }
}
