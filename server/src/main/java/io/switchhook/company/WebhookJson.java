package io.switchhook.company;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Method;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.math.BigDecimal;
import java.time.Duration;

/** Webhooks as people read them: JSON with a mark in place of every secret. */
public final class WebhookJson {
  /** What stands in place of a secret. */
  public static final String MARK = KeptSecrets.MARK;

  private WebhookJson() {}

  /** A webhook with its id, state and settings. */
  public static ObjectNode write(Webhook webhook) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", webhook.id().value());
    json.put("company_id", webhook.company().hex());
    json.put("state", webhook.isEnabled() ? "enabled" : "disabled");
    if (webhook.disabledReason() != null) {
      json.put("disabled_reason", webhook.disabledReason());
    }
    if (webhook.disabledAt() != null) {
      json.put("disabled_at", webhook.disabledAt().toString());
    }
    json.put("revision", webhook.revision());
    json.put("created_at", webhook.createdAt().toString());
    json.put("changed_at", webhook.changedAt().toString());
    json.setAll(write(webhook.settings()));
    return json;
  }

  /** The settings alone, as a PUT takes them. */
  public static ObjectNode write(WebhookSettings settings) {
    var request = settings.request();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", settings.name());
    json.put("trigger", settings.trigger().word());
    json.put("target_url", request.targetUrl().toString());
    json.put("method", request.method().name());
    if (request.method() == Method.POST) {
      json.put("body", request.body().word());
    }
    json.set("query_parameters", QueryParameters.write(request.queryParameters()));
    var headers = json.putArray("headers");
    request.headers().forEach(header -> headers.add(header.name() + ": " + MARK));
    writeSecrets(json, request);
    json.set("conditions", Conditions.write(settings.conditions()));
    json.put("timeout_seconds", seconds(request.timeout()));
    if (settings.timeToLive() == null) {
      json.putNull("time_to_live_seconds");
    } else {
      json.put("time_to_live_seconds", settings.timeToLive().toSeconds());
    }
    json.put("superseded", settings.superseded() == Superseded.DROP ? "drop" : "tell");
    return json;
  }

  private static void writeSecrets(ObjectNode json, RequestShape request) {
    if (request.basicAuth() == null) {
      json.putNull("basic_auth");
    } else {
      json.putObject("basic_auth")
          .put("username", request.basicAuth().username())
          .put("password", MARK);
    }
    if (request.signing() == null) {
      json.putNull("signing");
    } else {
      json.putObject("signing").put("scheme", "standard-webhooks").put("secret", MARK);
    }
  }

  private static BigDecimal seconds(Duration duration) {
    var seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
