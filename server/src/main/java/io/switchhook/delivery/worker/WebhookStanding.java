package io.switchhook.delivery.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook stands with the workers at this moment.
 *
 * @param detachedPartitions how many partitions it reads for itself, because it does not keep up
 * @param breaker the worst of all workers
 * @param openUntil engine time until which nothing is attempted; null unless the breaker is open
 * @param since engine time since which it does not keep up or its breaker is not closed, at the
 *     earliest the start of the server; null when it stands well
 */
public record WebhookStanding(
    int detachedPartitions,
    BreakerState breaker,
    @Nullable Instant openUntil,
    @Nullable Instant since) {
  /** A webhook that keeps up and whose receiver answers. */
  public static final WebhookStanding GOOD =
      new WebhookStanding(0, BreakerState.CLOSED, null, null);

  /** What the breaker lets through. The words are the API's. */
  public enum BreakerState {
    /** Everything. */
    CLOSED("closed"),
    /** Nothing, for a while: the receiver fails. */
    OPEN("open"),
    /** One attempt at a time, to find out whether the receiver answers again. */
    HALF_OPEN("half_open");

    private final String word;

    BreakerState(String word) {
      this.word = word;
    }

    /** The word of the API. */
    public String word() {
      return word;
    }
  }

  /** True when it reads some partition for itself. */
  public boolean isDetached() {
    return detachedPartitions > 0;
  }
}
