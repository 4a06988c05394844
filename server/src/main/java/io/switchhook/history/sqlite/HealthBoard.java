package io.switchhook.history.sqlite;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.sqlite.HealthRows.Moved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How all webhooks stand, in memory: what the files held at the start, moved by each transaction
 * since. Any number of webhooks are so asked for without reading a file. Safe for all threads.
 */
final class HealthBoard {
  // Guarded by this.
  private final Map<CompanyId, Map<WebhookId, WebhookHealth>> companies = new HashMap<>();

  synchronized void move(List<Moved> moves) {
    for (var moved : moves) {
      companies
          .computeIfAbsent(moved.company(), _ -> new HashMap<>())
          .compute(
              moved.webhook(),
              (_, known) ->
                  (known == null ? WebhookHealth.NONE : known)
                      .moved(moved.open(), moved.lastFailure()));
    }
  }

  synchronized Map<WebhookId, WebhookHealth> of(CompanyId company) {
    return Map.copyOf(companies.getOrDefault(company, Map.of()));
  }
}
