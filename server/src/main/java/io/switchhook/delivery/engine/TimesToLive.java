package io.switchhook.delivery.engine;

import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How long events are worth telling, from their acceptance on, where the webhook does not say
 * otherwise.
 *
 * @param inCall in-call events that are not final: a screen pop after the call is worthless
 * @param inCallFinal the end of a call (states 2, 4, 7, 9), which is worth telling late
 */
public record TimesToLive(
    Duration inCall, Duration inCallFinal, Duration afterCall, Duration disposition)
    implements Freshness {

  /** The call states with which a call ends. */
  private static final Set<String> FINAL_STATES = Set.of("2", "4", "7", "9");

  @Override
  public Instant expiresAt(Entry webhook, JournalRecord event) {
    var own = webhook.webhook().settings().timeToLive();
    return event.acceptedAt().plus(own != null && !isFinal(event) ? own : standard(event));
  }

  private Duration standard(JournalRecord event) {
    return switch (event.kind()) {
      case IN_CALL -> isFinal(event) ? inCallFinal : inCall;
      case AFTER_CALL -> afterCall;
      case DISPOSITION -> disposition;
      case NOTE -> throw new IllegalArgumentException("a note is never told");
    };
  }

  private static boolean isFinal(JournalRecord event) {
    return event.kind() == Kind.IN_CALL
        && LogFields.of(event).values("call_state").stream().anyMatch(FINAL_STATES::contains);
  }
}
