package io.switchhook.company;

import io.switchhook.company.Audit.What;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what was changed of a webhook, for the audit: which fields, never what stands in them. */
final class WebhookChanges {
  private WebhookChanges() {}

  /** A webhook as it shall be, and what the audit is told of it; null for nothing. */
  record Step(StoredWebhook next, Audit.@Nullable Note note) {
    Step routedFrom(Map<Integer, Long> firstOffsets) {
      return new Step(next.routedFrom(firstOffsets), note);
    }
  }

  /** Settings were put in the place of others; null when the webhook is new. */
  static Audit.Note settings(Author by, @Nullable Webhook before, Webhook now) {
    return before == null
        ? note(by, What.WEBHOOK_ADDED, now, now.settings().trigger().word())
        : note(
            by,
            What.WEBHOOK_CHANGED,
            now,
            String.join(", ", changed(before.settings(), now.settings())));
  }

  /** It was enabled or disabled. */
  static Audit.Note state(Author by, Webhook now) {
    var reason = now.disabledReason();
    return reason == null
        ? note(by, What.WEBHOOK_ENABLED, now, "")
        : note(
            by, What.WEBHOOK_DISABLED, now, reason.equals(Webhooks.DISABLED_BY_HAND) ? "" : reason);
  }

  static Audit.Note note(Author by, What what, Webhook webhook, String details) {
    return new Audit.Note(
        by, what, webhook.company(), webhook.id().value(), webhook.settings().name(), details);
  }

  /** The fields of the JSON that are not as they were. */
  private static List<String> changed(WebhookSettings before, WebhookSettings now) {
    var changed = new ArrayList<String>();
    add(changed, "name", before.name(), now.name());
    add(changed, "trigger", before.trigger(), now.trigger());
    add(changed, "target_url", before.request().targetUrl(), now.request().targetUrl());
    add(changed, "method", before.request().method(), now.request().method());
    add(changed, "body", before.request().body(), now.request().body());
    add(
        changed,
        "query_parameters",
        before.request().queryParameters(),
        now.request().queryParameters());
    add(changed, "headers", before.request().headers(), now.request().headers());
    add(changed, "basic_auth", before.request().basicAuth(), now.request().basicAuth());
    add(changed, "conditions", before.conditions(), now.conditions());
    add(changed, "signing", before.request().signing(), now.request().signing());
    add(changed, "timeout_seconds", before.request().timeout(), now.request().timeout());
    add(changed, "time_to_live_seconds", before.timeToLive(), now.timeToLive());
    add(changed, "superseded", before.superseded(), now.superseded());
    return changed;
  }

  private static void add(
      List<String> changed, String field, @Nullable Object before, @Nullable Object now) {
    if (!Objects.equals(before, now)) {
      changed.add(field);
    }
  }
}
