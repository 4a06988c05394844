package io.switchhook.console.webhooks;

import io.switchhook.company.Webhooks;
import io.switchhook.console.Texts;
import io.switchhook.delivery.worker.WebhookStanding;
import io.switchhook.webhook.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a webhook from being told, and the button that mends it.
 *
 * @param since null when it is not known
 * @param next when it is tried again by itself; null when it is not
 * @param action what the button does, below the webhook's address: {@code enable}, {@code test},
 *     {@code again}
 */
record Trouble(
    String tone,
    String title,
    @Nullable Instant since,
    String words,
    @Nullable Instant next,
    String action,
    String button) {
  static List<Trouble> of(Webhook webhook, WebhookStanding standing, HealthView health) {
    var troubles = new ArrayList<Trouble>();
    if (!webhook.isEnabled()) {
      troubles.add(
          new Trouble(
              "bad",
              reason(webhook),
              webhook.disabledAt(),
              "Nothing is sent. What happens meanwhile is recorded as given up, and can be told"
                  + " again afterwards.",
              null,
              "enable",
              "Enable again"));
      return troubles;
    }
    addFailing(troubles, standing, health);
    if (troubles.isEmpty() && health.givenUp() > 0) {
      troubles.add(
          new Trouble(
              "warn",
              Texts.count(health.givenUp(), "event")
                  + (health.givenUp() == 1 ? " was" : " were")
                  + " not told.",
              null,
              "They were given up, each with its reason, and are still kept.",
              null,
              "again",
              "Tell them again…"));
    }
    return troubles;
  }

  private static String reason(Webhook webhook) {
    return Webhooks.DISABLED_BY_HAND.equals(webhook.disabledReason())
        ? "Disabled by hand."
        : "Disabled: " + webhook.disabledReason() + ".";
  }

  private static void addFailing(
      List<Trouble> troubles, WebhookStanding standing, HealthView health) {
    var failure = health.lastFailure();
    var last = failure == null ? "" : "The last time: " + failure.words() + ". ";
    var waiting =
        Texts.count(health.waiting(), "event") + (health.waiting() == 1 ? " waits." : " wait.");
    switch (standing.breaker()) {
      case OPEN ->
          troubles.add(
              new Trouble(
                  "bad",
                  "The receiver fails, so it is left alone.",
                  standing.since(),
                  last + waiting,
                  standing.openUntil(),
                  "test",
                  "Send a test now"));
      case HALF_OPEN ->
          troubles.add(
              new Trouble(
                  "warn",
                  "The receiver failed; one event at a time finds out whether it answers again.",
                  standing.since(),
                  last + waiting,
                  null,
                  "test",
                  "Send a test now"));
      case CLOSED -> {
        if (standing.isDetached()) {
          troubles.add(
              new Trouble(
                  "warn",
                  "The receiver does not keep up, so its events are read apart from those of"
                      + " others.",
                  standing.since(),
                  last + waiting,
                  null,
                  "test",
                  "Send a test now"));
        }
      }
    }
  }
}
