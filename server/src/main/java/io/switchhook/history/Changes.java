package io.switchhook.history;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What history is told of what the delivery engine did. */
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

  /**
   * @param details null when they are shed
   */
  static Change ofAttempt(AttemptReport report, @Nullable AttemptRow details) {
    return new Change.Attempted(
        EventRef.of(report.event()),
        report.webhook(),
        report.outcome() instanceof Outcome.Delivered,
        report.startedAt().plus(report.outcome().took()),
        report.nextAttemptAt(),
        details);
  }
}
