package io.switchhook.runtime;

import io.switchhook.event.WebhookId;
import io.switchhook.history.HistoryRepair;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog;
import java.util.ArrayList;

/** Says of an event which webhooks want it, for a history that did not hear. */
final class WhoWants {
  private WhoWants() {}

  static HistoryRepair.WantedBy it(JournalRecord record, WebhookCatalog catalog) {
    var fields = LogFields.of(record);
    var wanted = new ArrayList<WebhookId>();
    var disabled = new ArrayList<WebhookId>();
    for (var entry : catalog.candidates(record, fields)) {
      switch (Router.route(entry, record, fields)) {
        case WANTED -> wanted.add(entry.webhook().id());
        case DISABLED -> disabled.add(entry.webhook().id());
        case NOT_FOR_IT -> {}
      }
    }
    return new HistoryRepair.WantedBy(wanted, disabled);
  }
}
