package io.switchhook.delivery;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import io.switchhook.target.Telling.Mark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what became of events, for history, metrics and the log. Nothing that it does or loses
 * changes what is delivered. Called on partition workers: must return at once and never throw.
 */
public interface Observer {
  /** An event was routed. Told again after a restart for events above the watermark. */
  void routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled);

  /** An attempt ended. */
  void attempted(AttemptReport report);

  /** A delivery was durably given up. */
  void gaveUp(WebhookId webhook, JournalRecord event, Reason reason, Instant at);

  /**
   * All deliveries below {@code watermark} that have no lane are terminal; everything observed of
   * them came before this.
   */
  void committed(int partition, long watermark);

  /**
   * One attempt as it was.
   *
   * @param attempt 1, 2 …
   * @param nextAttemptAt when the next one is due; null when it was delivered or will be given up
   * @param mark whether it was told as it happened, or again
   */
  record AttemptReport(
      WebhookId webhook,
      JournalRecord event,
      int attempt,
      Instant startedAt,
      Outcome outcome,
      @Nullable Instant nextAttemptAt,
      Mark mark) {}
}
