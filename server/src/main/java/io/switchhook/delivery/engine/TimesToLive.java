package io.switchhook.delivery.engine;

import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Duration;
import java.time.Instant;

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

  @Override
  public Instant expiresAt(Entry webhook, JournalRecord event, LogFields fields) {
    var own = webhook.webhook().settings().timeToLive();
    var isFinal = CallEnds.isFinal(event, fields);
    return event.acceptedAt().plus(own != null && !isFinal ? own : standard(event, isFinal));
  }

  private Duration standard(JournalRecord event, boolean isFinal) {
    return switch (event.kind()) {
      case IN_CALL -> isFinal ? inCallFinal : inCall;
      case AFTER_CALL -> afterCall;
      case DISPOSITION -> disposition;
      case NOTE -> throw new IllegalArgumentException("a note is never told");
    };
  }
}
