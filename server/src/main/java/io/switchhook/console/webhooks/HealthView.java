package io.switchhook.console.webhooks;

import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.Texts;
import io.switchhook.delivery.worker.WebhookStanding;
import io.switchhook.history.AttemptFigures;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.LastFailure;
import io.switchhook.history.WebhookHealth;
import io.switchhook.webhook.Webhook;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook stands.
 *
 * @param accepted the share of attempts that were accepted; {@code –} when nothing was tried
 * @param of what it is a share of
 * @param p99 within which nearly all answers came
 * @param waiting how many deliveries wait
 * @param givenUp how many were given up that can be told again
 * @param lastFailure null when it had none
 */
record HealthView(
    Badge badge,
    String accepted,
    String of,
    String p99,
    long waiting,
    long givenUp,
    @Nullable LastFailure lastFailure) {
  /** Attempts at events that are older do not count. */
  static final Duration WINDOW = Duration.ofHours(24);

  static HealthView of(
      Webhook webhook, WebhookStanding standing, WebhookHealth health, AttemptFigures figures) {
    return new HealthView(
        badge(webhook, standing, health, figures),
        figures.attempts() == 0 ? "–" : share(figures),
        figures.attempts() == 0
            ? "nothing was tried in 24 h"
            : "of " + Texts.count(figures.attempts(), "attempt") + " in 24 h",
        figures.p99() == null ? "–" : Texts.length(figures.p99()),
        health.backlog(),
        health.givenUp().entrySet().stream()
            .filter(entry -> entry.getKey() != DeliveryOutcome.GIVEN_UP_RETENTION)
            .mapToLong(Map.Entry::getValue)
            .sum(),
        health.lastFailure());
  }

  private static Badge badge(
      Webhook webhook, WebhookStanding standing, WebhookHealth health, AttemptFigures figures) {
    if (!webhook.isEnabled()) {
      return new Badge("ended", "disabled");
    }
    return switch (standing.breaker()) {
      case OPEN -> new Badge("given-up", "left alone");
      case HALF_OPEN -> new Badge("failing", "being probed");
      case CLOSED -> {
        if (standing.isDetached()) {
          yield new Badge("failing", "behind");
        }
        if (!figures.endsWell()) {
          yield new Badge("failing", "failing");
        }
        yield figures.attempts() == 0 && health.backlog() == 0
            ? new Badge("waiting", "waits for calls")
            : new Badge("delivered", "telling");
      }
    };
  }

  /** Rounded down: 100 % is said only when every one was accepted. */
  private static String share(AttemptFigures figures) {
    if (figures.accepted() == figures.attempts()) {
      return "100 %";
    }
    if (figures.accepted() == 0) {
      return "0 %";
    }
    double percent = Math.floor(1_000.0 * figures.accepted() / figures.attempts()) / 10;
    return String.format(Locale.ROOT, "%.1f %%", percent);
  }

  String waitingText() {
    return String.format(Locale.ROOT, "%,d", waiting);
  }

  String givenUpText() {
    return String.format(Locale.ROOT, "%,d", givenUp);
  }
}
