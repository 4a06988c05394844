package io.switchhook.testkit.simulation;

import io.switchhook.event.WebhookId;
import io.switchhook.target.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which receivers are failing as a whole: after ten failures in a row they are left alone but for
 * one attempt a pause.
 */
final class Outages {
  private static final int IN_A_ROW = 10;

  private final Duration pauseMin;
  private final int placesMax;
  private final Map<WebhookId, Failing> failing = new LinkedHashMap<>();

  /** A webhook's failures in a row, and until when nothing may start. */
  private static final class Failing {
    int inARow;
    Instant quietUntil = Instant.EPOCH;
    Instant failedAt = Instant.EPOCH;
    double places;
    Instant halvedAt = Instant.EPOCH;

    Failing(double places) {
      this.places = places;
    }
  }

  Outages(Knobs knobs) {
    this.placesMax = knobs.engine().attempts().perWebhookMax();
    var quarter = knobs.timesToLive().inCall().dividedBy(4);
    this.pauseMin = quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter : Duration.ofSeconds(1);
  }

  /**
   * An attempt starts.
   *
   * @param inFlight how many of this webhook are out already
   */
  void attemptStarts(WebhookId webhook, long inFlight, Instant now) {
    var state = failing.computeIfAbsent(webhook, _ -> new Failing(placesMax));
    Violation.unless(
        inFlight + 1 <= Math.max(1, state.places), "concurrency", webhook + " has " + inFlight);
    if (state.inARow >= IN_A_ROW) {
      Violation.unless(
          !now.isBefore(state.quietUntil),
          "a failing receiver is left alone",
          webhook + " before " + state.quietUntil);
      state.quietUntil = now.plusMillis(1); // one probe, and none beside it
    }
  }

  /** True when the receiver answered: whatever waited for it may go on. */
  boolean answered(WebhookId webhook, Outcome outcome, Instant startedAt, Instant now) {
    var state = failing.computeIfAbsent(webhook, _ -> new Failing(placesMax));
    if (isTooMuch(outcome) && !startedAt.isBefore(state.halvedAt)) {
      state.halvedAt = now;
      state.places = Math.max(1, state.places / 2);
    }
    if (!isOutage(outcome)) {
      state.places = Math.min(placesMax, state.places + 1);
      state.inARow = 0;
      return true;
    }
    if (state.inARow < IN_A_ROW || !startedAt.isBefore(state.quietUntil.minusMillis(1))) {
      state.inARow++;
      if (state.inARow >= IN_A_ROW) {
        // When others failed while this one was out, one of them may have opened the breaker
        // already.
        var openedFrom = startedAt.isBefore(state.failedAt) ? startedAt : now;
        state.quietUntil = openedFrom.plus(pauseMin);
      }
      state.failedAt = now;
    }
    return false;
  }

  void forgetIf(Predicate<WebhookId> which) {
    failing.keySet().removeIf(which);
  }

  void forget() {
    failing.clear();
  }

  private static boolean isOutage(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> false;
      case Outcome.Refused(int status, _, _, _) ->
          switch (status) {
            case 400, 404, 405, 410, 413, 415, 422 -> false;
            default -> true;
          };
      case Outcome.Unreachable _ -> true;
    };
  }

  private static boolean isTooMuch(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> false;
      case Outcome.Refused(int status, _, _, _) ->
          status == 429 || status == 502 || status == 503 || status == 504;
      case Outcome.Unreachable(var reason, _, _) -> reason == Outcome.Reason.TIMED_OUT;
    };
  }
}
