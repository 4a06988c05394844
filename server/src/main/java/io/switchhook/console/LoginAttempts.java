package io.switchhook.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who tries keys: an address may fail so often, then it gets one more try each while.
 * May be used from any thread.
 */
final class LoginAttempts {
  /** So many failures in a row are let through. */
  static final int FAILURES_MAX = 10;

  /** One more attempt comes back after each of these. */
  static final Duration PAUSE = Duration.ofSeconds(6);

  private static final int ADDRESSES_MAX = 10_000;

  private final InstantSource clock;

  /** When all attempts of an address will be back. */
  private final Map<String, Instant> freshAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  LoginAttempts(InstantSource clock) {
    this.clock = clock;
  }

  /** How long this address has to wait before it may try; zero when it need not. */
  synchronized Duration wait(String address) {
    var fresh = freshAt.get(address);
    if (fresh == null) {
      return Duration.ZERO;
    }
    var left = Duration.between(clock.instant(), fresh);
    var tooMuch = left.minus(PAUSE.multipliedBy(FAILURES_MAX - 1L));
    return tooMuch.isPositive() ? tooMuch : Duration.ZERO;
  }

  /** This address has shown a key that is none. */
  synchronized void failed(String address) {
    var now = clock.instant();
    var fresh = freshAt.remove(address);
    var from = fresh == null || fresh.isBefore(now) ? now : fresh;
    freshAt.put(address, from.plus(PAUSE));
  }
}
