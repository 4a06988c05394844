package io.switchhook.delivery.engine;

import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Instant;

/** Until when an event is worth telling. A pure function. */
@FunctionalInterface
public interface Freshness {
  /**
   * The instant at which an attempt of this event to this webhook may no longer start.
   *
   * @param fields the event's call log
   */
  Instant expiresAt(Entry webhook, JournalRecord event, LogFields fields);
}
