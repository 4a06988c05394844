package io.switchhook.live;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallFacts;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.EventRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that happened, as far as those who watch are told: without logs and answers. */
public sealed interface Happening {
  /** The event that it is about. */
  EventRef event();

  /** An event of a call came. */
  record OfCall(EventRef event, CallFacts facts) implements Happening {}

  /**
   * Something came of a delivery.
   *
   * @param at when
   * @param attempt 1, 2 …; 0 when it is not known, and for a give-up
   * @param status the answer's; null when no status line came
   * @param words what came back, for a person; {@code ""} when it is not known
   * @param took how long the attempt took; null when that is not known
   * @param nextAttemptAt when it is tried again; null when it is not, or that is not known
   */
  record OfDelivery(
      EventRef event,
      WebhookId webhook,
      DeliveryOutcome outcome,
      Instant at,
      int attempt,
      @Nullable Integer status,
      String words,
      @Nullable Duration took,
      @Nullable Instant nextAttemptAt)
      implements Happening {}

  /** Whose it is. */
  default CompanyId company() {
    return event().call().company();
  }

  /** What of a change is told; empty when nothing is. */
  static Optional<Happening> of(Change change) {
    return switch (change) {
      case Change.Heard(var event, var facts) -> Optional.of(new OfCall(event, facts));
      case Change.Attempted attempted -> Optional.of(ofAttempt(attempted));
      case Change.GivenUp(var event, var webhook, var reason, var at) ->
          Optional.of(
              new OfDelivery(
                  event, webhook, DeliveryOutcome.givenUp(reason), at, 0, null, "", null, null));
      case Change.Wanted _, Change.Unwanted _, Change.Settled _ -> Optional.empty();
    };
  }

  private static OfDelivery ofAttempt(Change.Attempted attempted) {
    var outcome = attempted.delivered() ? DeliveryOutcome.DELIVERED : DeliveryOutcome.FAILED;
    var details = attempted.details();
    return new OfDelivery(
        attempted.event(),
        attempted.webhook(),
        outcome,
        attempted.endedAt(),
        details == null ? 0 : details.number(),
        details == null ? null : details.status(),
        details == null ? "" : details.words(),
        details == null ? null : details.took(),
        attempted.nextAttemptAt());
  }
}
