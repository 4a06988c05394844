package io.switchhook.runtime;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.Observer;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Telling.Mark;
import io.switchhook.telemetry.DeliveryMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells history, the metrics and the log what becomes of events. */
final class Observers implements Observer {
  private static final Logger LOG = LoggerFactory.getLogger("io.switchhook.delivery");

  private final Observer history;
  private final DeliveryMetrics metrics;
  private final InstantSource engineTime;

  Observers(Observer history, DeliveryMetrics metrics, InstantSource engineTime) {
    this.history = history;
    this.metrics = metrics;
    this.engineTime = engineTime;
  }

  @Override
  public void routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled) {
    history.routed(event, wanted, disabled);
    disabled.forEach(_ -> metrics.gaveUp(word(Reason.DISABLED)));
  }

  @Override
  public void attempted(AttemptReport report) {
    history.attempted(report);
    var outcome =
        switch (report.outcome()) {
          case Delivered _ -> {
            if (report.mark() == Mark.LIVE) {
              metrics.delivered(
                  Duration.between(report.event().acceptedAt(), engineTime.instant()));
            }
            yield "delivered";
          }
          case Refused _ -> "refused";
          case Unreachable(var reason, _, _) -> reason.name().toLowerCase(Locale.ROOT);
        };
    metrics.attempted(outcome, report.outcome().took());
    if (!(report.outcome() instanceof Delivered)) {
      logFailure(report, outcome);
    }
  }

  private static void logFailure(AttemptReport report, String outcome) {
    LOG.atInfo()
        .addKeyValue("webhook", report.webhook())
        .addKeyValue("event", report.event().eventId())
        .addKeyValue("attempt", report.attempt())
        .addKeyValue("outcome", outcome)
        .addKeyValue("status", report.outcome() instanceof Refused refused ? refused.status() : "-")
        .addKeyValue("duration_ms", report.outcome().took().toMillis())
        .addKeyValue(
            "next_attempt_at", report.nextAttemptAt() == null ? "-" : report.nextAttemptAt())
        .log("delivery.attempted");
  }

  @Override
  public void gaveUp(WebhookId webhook, JournalRecord event, Reason reason, Instant at) {
    history.gaveUp(webhook, event, reason, at);
    metrics.gaveUp(word(reason));
    LOG.atWarn()
        .addKeyValue("webhook", webhook)
        .addKeyValue("event", event.eventId())
        .addKeyValue("reason", word(reason))
        .log("delivery.given_up");
  }

  @Override
  public void committed(int partition, long watermark) {
    history.committed(partition, watermark);
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
