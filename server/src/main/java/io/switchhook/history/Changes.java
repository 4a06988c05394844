package io.switchhook.history;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/** What history is told when an event was routed. */
final class Changes {
  private Changes() {}

  static List<Change> ofRouting(
      JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled) {
    var ref = EventRef.of(event);
    var changes = new ArrayList<Change>();
    changes.add(new Change.Heard(ref, CallFactsOfLog.read(event)));
    wanted.forEach(webhook -> changes.add(new Change.Wanted(ref, webhook)));
    for (var webhook : disabled) {
      changes.add(new Change.GivenUp(ref, webhook, Reason.DISABLED, ref.acceptedAt()));
    }
    if (wanted.isEmpty() && disabled.isEmpty()) {
      changes.add(new Change.Unwanted(ref));
    }
    return changes;
  }
}
