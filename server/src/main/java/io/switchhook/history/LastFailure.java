package io.switchhook.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attempt of a webhook that failed last, of any of its deliveries.
 *
 * @param at when it had failed, to the millisecond
 * @param attempt which one of its delivery it was: 1, 2 …
 * @param status the answer's status; null when no status line came
 * @param words what happened, for a person: {@code 503 from crm.example.com}, {@code connection
 *     refused by 10.0.0.5:443}
 */
public record LastFailure(Instant at, int attempt, @Nullable Integer status, String words) {
  /** The failure that this attempt was; null when it was none, or when its details were shed. */
  public static @Nullable LastFailure of(Change.Attempted attempted) {
    var details = attempted.details();
    return attempted.delivered() || details == null
        ? null
        : new LastFailure(
            attempted.endedAt().truncatedTo(ChronoUnit.MILLIS),
            details.number(),
            details.status(),
            details.words());
  }

  /** The later of two, of which either may be none. */
  public static @Nullable LastFailure later(
      @Nullable LastFailure one, @Nullable LastFailure other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.at().isBefore(one.at()) ? one : other;
  }
}
