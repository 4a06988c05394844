package io.switchhook.delivery.engine;

import io.switchhook.delivery.GiveUps;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog;

/**
 * Follows one call through one webhook's eyes: which of its events matched, and how many were given
 * up since the last one told. What a replay tells later does not count. A pure fold over the call's
 * records in order.
 */
public final class CallThread {
  private final WebhookCatalog catalog;
  private final WebhookId webhook;
  private final GiveUps giveUps;
  private int previous;
  private int skipped;

  /** Starts at the beginning of a call; {@code giveUps} are those of this webhook. */
  public CallThread(WebhookCatalog catalog, WebhookId webhook, GiveUps giveUps) {
    this.catalog = catalog;
    this.webhook = webhook;
    this.giveUps = giveUps;
  }

  /** The call's next record. */
  public void add(JournalRecord record) {
    var entry = catalog.find(webhook);
    if (entry.isEmpty() || !record.kind().isEvent()) {
      return;
    }
    if (record.sequence() == 1) {
      previous = 0;
      skipped = 0;
    }
    switch (Router.route(entry.get(), record, LogFields.of(record))) {
      case NOT_FOR_IT -> {}
      case WANTED -> passed(record, giveUps.wasGivenUp(record.offset()));
      case DISABLED -> passed(record, /* givenUp= */ true);
    }
  }

  private void passed(JournalRecord record, boolean givenUp) {
    previous = record.sequence();
    skipped = givenUp ? skipped + 1 : 0;
  }

  /** The sequence of the last record that matched; 0 if none did. */
  public int previous() {
    return previous;
  }

  /** How many of those that matched were given up since the last one told. */
  public int skipped() {
    return skipped;
  }
}
