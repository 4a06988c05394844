package io.switchhook.history;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook stands.
 *
 * @param backlog how many of its deliveries are pending or being retried
 * @param givenUp how many of its deliveries that are kept stand as given up, for each way to be so;
 *     by retention, of which nothing is kept, how many ever; none is 0
 * @param lastFailure null when it had none that is still kept
 */
public record WebhookHealth(
    long backlog, Map<DeliveryOutcome, Long> givenUp, @Nullable LastFailure lastFailure) {
  /** A webhook that nothing is known of: nothing waits and nothing failed. */
  public static final WebhookHealth NONE = new WebhookHealth(0, null);

  public WebhookHealth {
    givenUp = Map.copyOf(givenUp);
  }

  /** A webhook of which nothing was given up. */
  public WebhookHealth(long backlog, @Nullable LastFailure lastFailure) {
    this(backlog, Map.of(), lastFailure);
  }

  /**
   * What a delivery that stood so, or was not known, and now stands so, changes.
   *
   * @param lastFailure null when none was heard of it
   */
  public static WebhookHealth moved(
      @Nullable DeliveryOutcome before, DeliveryOutcome after, @Nullable LastFailure lastFailure) {
    var now = counted(after, 1).plus(new WebhookHealth(0, lastFailure));
    return before == null ? now : now.plus(counted(before, -1));
  }

  /** So many deliveries that stand so. */
  public static WebhookHealth counted(DeliveryOutcome outcome, long count) {
    return new WebhookHealth(
        outcome.isFinal() ? 0 : count,
        outcome.isGivenUp() ? Map.of(outcome, count) : Map.of(),
        null);
  }

  /** Both together. */
  public WebhookHealth plus(WebhookHealth other) {
    var both = new EnumMap<DeliveryOutcome, Long>(DeliveryOutcome.class);
    both.putAll(givenUp);
    other.givenUp.forEach((outcome, count) -> both.merge(outcome, count, Long::sum));
    both.values().removeIf(count -> count == 0);
    return new WebhookHealth(
        backlog + other.backlog, both, LastFailure.later(lastFailure, other.lastFailure));
  }
}
