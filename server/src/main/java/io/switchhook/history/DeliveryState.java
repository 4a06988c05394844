package io.switchhook.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stands, as a fold over what was heard of it: the same result however often a part
 * is heard again.
 *
 * @param endedAt when it was delivered or given up; null while it is not, or when nobody knows
 * @param nextAttemptAt null when none is planned
 * @param detailsLost true when something of its attempts is missing
 */
public record DeliveryState(
    DeliveryOutcome outcome,
    @Nullable Instant endedAt,
    @Nullable Instant nextAttemptAt,
    boolean detailsLost) {
  /** What holds before anything was heard. */
  public static final DeliveryState NEW =
      new DeliveryState(DeliveryOutcome.PENDING, null, null, /* detailsLost= */ false);

  /** How it stands when {@code change} was heard. */
  public DeliveryState after(Change.OfDelivery change) {
    return switch (change) {
      case Change.Wanted _ -> this;
      case Change.Attempted attempted -> afterAttempt(attempted);
      case Change.GivenUp(_, _, var reason, var at) ->
          moved(DeliveryOutcome.givenUp(reason), at, null, detailsLost);
      case Change.Settled(_, _, var settled, var at) ->
          outcome.isFinal() ? this : moved(settled, at, null, /* lost= */ true);
    };
  }

  private DeliveryState afterAttempt(Change.Attempted attempted) {
    var lost = detailsLost || attempted.details() == null;
    return attempted.delivered()
        ? moved(DeliveryOutcome.DELIVERED, attempted.endedAt(), null, lost)
        : moved(DeliveryOutcome.FAILED, null, attempted.nextAttemptAt(), lost);
  }

  private DeliveryState moved(
      DeliveryOutcome heard, @Nullable Instant ended, @Nullable Instant next, boolean lost) {
    var now = outcome.after(heard);
    return now == heard && !(outcome == heard && heard.isFinal())
        ? new DeliveryState(now, ended, next, lost)
        : new DeliveryState(outcome, endedAt, nextAttemptAt, lost);
  }
}
