package io.switchhook.history;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that history is told. Each may be told again, and late: what is stored stays the same.
 */
public sealed interface Change {
  /** The event that it is about. */
  EventRef event();

  /** An event came: what its log says of its call. */
  record Heard(EventRef event, CallFacts facts) implements Change {}

  /** No webhook wants the event. */
  record Unwanted(EventRef event) implements Change {}

  /** Something about one delivery. */
  sealed interface OfDelivery extends Change {
    /** The other half of the delivery's name. */
    WebhookId webhook();
  }

  /** A webhook wants the event. */
  record Wanted(EventRef event, WebhookId webhook) implements OfDelivery {}

  /**
   * An attempt ended.
   *
   * @param endedAt when it was delivered; when not, when the attempt failed
   * @param nextAttemptAt null when none is planned
   * @param details what was tried and came back; null when that was shed
   */
  record Attempted(
      EventRef event,
      WebhookId webhook,
      boolean delivered,
      Instant endedAt,
      @Nullable Instant nextAttemptAt,
      @Nullable AttemptRow details)
      implements OfDelivery {}

  /** The delivery was durably given up. */
  record GivenUp(EventRef event, WebhookId webhook, Reason reason, Instant at)
      implements OfDelivery {}

  /**
   * The delivery's cursors say that it was delivered, or given up, and history did not know: after
   * a crash.
   *
   * @param at null when that is not known
   */
  record Settled(EventRef event, WebhookId webhook, DeliveryOutcome outcome, @Nullable Instant at)
      implements OfDelivery {}
}
