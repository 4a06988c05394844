package io.switchhook.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.bench.ledger.Outcomes;
import io.switchhook.bench.load.Token;
import io.switchhook.command.client.Api;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Outcomes as a server's API tells them. */
final class ServerOutcomes implements Outcomes {
  private static final int PAGE = 500;
  private static final int CALLS_MAX = 256;

  /** How a call of the bench is named: {@code bench-TT-CCCCCCCCCC}, both in hex. */
  private static final String UID = "bench-([0-9a-f]{2})-([0-9a-f]{10})";

  private final Api api;
  private final List<Configured> webhooks;
  private final Map<String, JsonNode> calls = new ConcurrentHashMap<>();

  /** A webhook as the server knows it. */
  record Configured(String company, String id) {}

  ServerOutcomes(Api api, List<Configured> webhooks) {
    this.api = api;
    this.webhooks = List.copyOf(webhooks);
  }

  @Override
  public void each(int webhook, String outcome, int max, Found found) {
    var configured = webhooks.get(webhook);
    var path = Api.path("companies", configured.company(), "deliveries");
    var cursor = "";
    for (var read = 0; read < max; read += PAGE) {
      var query =
          Api.query(
              Map.of(
                  "webhook",
                  configured.id(),
                  "outcome",
                  outcome,
                  "limit",
                  String.valueOf(PAGE),
                  "cursor",
                  cursor));
      var page = api.get(path + query).body();
      for (var delivery : page.path("deliveries")) {
        tell(delivery.path("uid").asText(), delivery.path("event_id").asText(), found);
      }
      cursor = page.path("next").asText("");
      if (cursor.isEmpty() || page.path("next").isNull()) {
        return;
      }
    }
  }

  private static void tell(String uid, String eventId, Found found) {
    if (uid.matches(UID)) {
      var parts = List.of(uid.split("-", -1));
      found.delivery(
          Integer.parseInt(parts.get(1), 16),
          Long.parseLong(parts.get(2), 16),
          Token.hash(eventId));
    }
  }

  @Override
  public Known of(int webhook, String uid, int place) {
    var configured = webhooks.get(webhook);
    var event = call(Api.path("companies", configured.company(), "calls", uid)).path(place);
    var isUnheard = false;
    var isGivenUp = false;
    var isWaiting = false;
    for (var delivery : event.path("deliveries")) {
      if (delivery.path("webhook").asText().equals(configured.id())) {
        isUnheard |= delivery.path("details_lost").asBoolean();
        var outcome = delivery.path("outcome").asText();
        isGivenUp |= outcome.startsWith("given_up");
        isWaiting |= outcome.equals("pending") || outcome.equals("failed");
        for (var attempt : delivery.path("attempts")) {
          isUnheard |= attempt.path("status").isNull();
        }
      }
    }
    return new Known(
        event.path("routing").asText().equals("pending"), isUnheard, isGivenUp, isWaiting);
  }

  /**
   * The events of a call; the last answers are kept, since what is asked next is mostly of them.
   */
  private JsonNode call(String path) {
    if (calls.size() >= CALLS_MAX) {
      calls.clear();
    }
    return calls.computeIfAbsent(path, it -> api.get(it).body().path("events"));
  }

  @Override
  public long backlog(int webhook) {
    var configured = webhooks.get(webhook);
    return api.get(Api.path("companies", configured.company(), "webhooks", configured.id()))
        .body()
        .path("backlog")
        .asLong();
  }
}
