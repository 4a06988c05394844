package io.switchhook.delivery.engine;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.target.Outcome.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in this one place, what becomes of a delivery after an attempt.
 *
 * @param waits the wait after the first failed attempt, after the second, …; when they are used up
 *     the event is given up
 */
public record RetrySchedule(List<Duration> waits) {
  /** The longest {@code Retry-After} that is honoured. */
  public static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

  /** How often an answer is tried again that says the event itself is at fault. */
  public static final int RETRIES_OF_A_BAD_EVENT = 2;

  /** How long a lane waits for its webhook to be disabled before it asks the receiver again. */
  static final Duration WAIT_FOR_DISABLING = Duration.ofSeconds(30);

  private static final int GONE = 410;
  private static final double JITTER = 0.2;

  public RetrySchedule {
    waits = List.copyOf(waits);
  }

  /** What becomes of a delivery. */
  sealed interface Verdict {
    record Done() implements Verdict {}

    record TryAgain(Instant at) implements Verdict {}

    record Abandon(Reason reason) implements Verdict {}

    /** The receiver wants no more events at all. */
    record DisableWebhook() implements Verdict {}
  }

  /**
   * Decides.
   *
   * @param failedAttempts how many attempts of this event have failed, this one included if it did
   * @param salt spreads the jitter: the same delivery and attempt get the same
   */
  Verdict decide(Outcome outcome, int failedAttempts, long salt, Instant now) {
    return switch (outcome) {
      case Delivered _ -> new Verdict.Done();
      case Refused(int status, _, _, _) when status == GONE -> new Verdict.DisableWebhook();
      case Refused(int status, _, _, _)
          when blamesTheEvent(status) && failedAttempts > RETRIES_OF_A_BAD_EVENT ->
          new Verdict.Abandon(Reason.EXHAUSTED);
      case Refused(_, var retryAfter, _, _) -> next(failedAttempts, retryAfter, salt, now);
      case Unreachable _ -> next(failedAttempts, null, salt, now);
    };
  }

  private Verdict next(int failedAttempts, @Nullable Duration retryAfter, long salt, Instant now) {
    if (failedAttempts > waits.size()) {
      return new Verdict.Abandon(Reason.EXHAUSTED);
    }
    var wait = jittered(waits.get(failedAttempts - 1), salt * 31 + failedAttempts);
    if (retryAfter != null) {
      var asked = retryAfter.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : retryAfter;
      wait = asked.compareTo(wait) > 0 ? asked : wait;
    }
    return new Verdict.TryAgain(now.plus(wait));
  }

  /**
   * True for failures that say nothing against the event: the receiver as a whole does not work.
   */
  static boolean isOutage(Outcome outcome) {
    return switch (outcome) {
      case Delivered _ -> false;
      case Refused(int status, _, _, _) -> status >= 500;
      case Unreachable _ -> true;
    };
  }

  /** True for failures that say: not so much at once. */
  static boolean isTooMuch(Outcome outcome) {
    return switch (outcome) {
      case Delivered _ -> false;
      case Refused(int status, _, _, _) ->
          switch (status) {
            case 429, 502, 503, 504 -> true;
            default -> false;
          };
      case Unreachable(var reason, _, _) -> reason == Outcome.Reason.TIMED_OUT;
    };
  }

  /** True when the attempt failed, and not because of the event. */
  static boolean blamesTheReceiver(Outcome outcome) {
    return switch (outcome) {
      case Delivered _ -> false;
      case Refused(int status, _, _, _) -> !blamesTheEvent(status) && status != GONE;
      case Unreachable _ -> true;
    };
  }

  /** One bad event must not hold up the rest of its call for days. */
  private static boolean blamesTheEvent(int status) {
    return switch (status) {
      case 400, 404, 405, 413, 415, 422 -> true;
      default -> false;
    };
  }

  private static Duration jittered(Duration wait, long salt) {
    var mixed = (salt ^ (salt >>> 31)) * 0x9E3779B97F4A7C15L;
    var unit = (mixed >>> 11) * 0x1.0p-53;
    return Duration.ofMillis(Math.round(wait.toMillis() * (1 - JITTER + 2 * JITTER * unit)));
  }
}
