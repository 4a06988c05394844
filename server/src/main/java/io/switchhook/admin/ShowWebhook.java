package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.WebhookJson;
import io.switchhook.delivery.worker.WebhookStanding;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.WebhookHealth;
import io.switchhook.webhook.Webhook;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows webhooks as JSON: their settings, and how they stand. */
final class ShowWebhook {
  private final Function<CompanyId, Map<WebhookId, WebhookHealth>> health;
  private final Function<WebhookId, WebhookStanding> standing;

  ShowWebhook(
      Function<CompanyId, Map<WebhookId, WebhookHealth>> health,
      Function<WebhookId, WebhookStanding> standing) {
    this.health = health;
    this.standing = standing;
  }

  ObjectNode one(Webhook webhook) {
    return json(webhook, health.apply(webhook.company()));
  }

  List<ObjectNode> all(CompanyId company, List<Webhook> webhooks) {
    var known = health.apply(company);
    return webhooks.stream().map(webhook -> json(webhook, known)).toList();
  }

  private ObjectNode json(Webhook webhook, Map<WebhookId, WebhookHealth> known) {
    var json = WebhookJson.write(webhook);
    var now = standing.apply(webhook.id());
    json.put("detached", now.isDetached());
    json.put("detached_partitions", now.detachedPartitions());
    json.put("breaker", now.breaker().word());
    var until = now.openUntil();
    json.put("breaker_open_until", until == null ? null : until.toString());
    HistoryJson.addHealth(json, known.getOrDefault(webhook.id(), WebhookHealth.NONE));
    return json;
  }
}
