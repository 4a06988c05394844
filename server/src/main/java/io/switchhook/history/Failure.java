package io.switchhook.history;

import org.jspecify.annotations.Nullable;

/**
 * Why a delivery is not delivered, as far as its last attempt says.
 *
 * @param status the answer's status; null when no status line came
 * @param words what happened, for a person; {@code ""} when no attempt is known
 */
public record Failure(@Nullable Integer status, String words) {
  /** Nothing was tried, or what came of it was not kept. */
  public static final Failure UNKNOWN = new Failure(null, "");

  /** True for the outcomes of which it is asked why. */
  public static boolean isOf(DeliveryOutcome outcome) {
    return outcome == DeliveryOutcome.FAILED || outcome.isGivenUp();
  }

  /** Why this delivery is not delivered; null when it is, or may yet be without a failure. */
  public static @Nullable Failure of(DeliveryRow row) {
    if (!isOf(row.outcome())) {
      return null;
    }
    if (row.attempts().isEmpty()) {
      return UNKNOWN;
    }
    var last = row.attempts().getLast();
    return new Failure(last.status(), last.words());
  }
}
