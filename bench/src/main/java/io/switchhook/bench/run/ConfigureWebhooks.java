package io.switchhook.bench.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.receive.Receivers;
import io.switchhook.bench.run.ServerOutcomes.Configured;
import io.switchhook.command.client.Api;
import java.util.ArrayList;
import java.util.List;

/** Adds the companies and webhooks of a layout to a server. */
final class ConfigureWebhooks {
  private ConfigureWebhooks() {}

  static List<Configured> of(RigSettings settings, Receivers receivers, Api api) {
    var layout = settings.layout();
    for (var company = 1; company < layout.companies(); company++) {
      api.post(
          Api.path("companies"),
          JsonNodeFactory.instance.objectNode().put("name", Layout.nameOf(company)));
    }
    var configured = new ArrayList<Configured>();
    for (var webhook = 0; webhook < layout.webhooks(); webhook++) {
      var company = Layout.nameOf(layout.companyOf(layout.groupOf(webhook)));
      var url = receivers.url(settings.receiverOf(webhook), webhook);
      var added =
          api.post(Api.path("companies", company, "webhooks"), json(settings, webhook, url));
      configured.add(new Configured(company, added.body().path("id").asText()));
    }
    return configured;
  }

  private static ObjectNode json(RigSettings settings, int webhook, String url) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", "webhook " + webhook).put("target_url", url);
    json.put("trigger", settings.kind() == LogKind.IN_CALL ? "in_call" : "after_call");
    if (settings.layout().needsConditions()) {
      json.putArray("conditions")
          .addObject()
          .put("field", settings.kind() == LogKind.IN_CALL ? "public_ivr_id" : "_ivid")
          .putArray("in")
          .add(Layout.markOf(settings.layout().groupOf(webhook)));
    }
    return json;
  }
}
