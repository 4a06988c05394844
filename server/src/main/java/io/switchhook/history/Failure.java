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

  /** Narrows a search to what failed in some way. */
  public sealed interface Filter {
    /** True for a failure of this way. */
    boolean fits(Failure failure);
  }

  /** The very same words. */
  public record Words(String words) implements Filter {
    @Override
    public boolean fits(Failure failure) {
      return failure.words().equals(words);
    }
  }

  /** An answer with a status from one number to another, both included. */
  public record Status(int min, int max) implements Filter {
    @Override
    public boolean fits(Failure failure) {
      var status = failure.status();
      return status != null && status >= min && status <= max;
    }
  }

  /** It was tried, and no status line came. */
  public record NoAnswer() implements Filter {
    @Override
    public boolean fits(Failure failure) {
      return failure.status() == null && !failure.words().isEmpty();
    }
  }

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
