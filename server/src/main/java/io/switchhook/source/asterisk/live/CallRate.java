package io.switchhook.source.asterisk.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/** At most so many calls within any minute. Safe for all threads. */
final class CallRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int max;
  private final ArrayDeque<Instant> taken = new ArrayDeque<>();

  CallRate(int callsPerMinute) {
    this.max = callsPerMinute;
  }

  /** Takes one; or says how long there is none to take. */
  synchronized Optional<Duration> take(Instant now) {
    while (!taken.isEmpty() && !taken.getFirst().plus(WINDOW).isAfter(now)) {
      taken.removeFirst();
    }
    if (taken.size() >= max) {
      return Optional.of(Duration.between(now, taken.getFirst().plus(WINDOW)).plusMillis(999));
    }
    taken.addLast(now);
    return Optional.empty();
  }

  /** Gives back the last one taken: its call was not started. */
  synchronized void giveBack() {
    taken.pollLast();
  }
}
