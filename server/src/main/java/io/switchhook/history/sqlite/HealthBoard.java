package io.switchhook.history.sqlite;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.sqlite.HealthRows.Moved;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How all webhooks stand, in memory: what each day's file held at the start, moved by each
 * transaction since. Any number of webhooks are so asked for without reading a file. Safe for all
 * threads.
 */
final class HealthBoard {
  // Guarded by this. By day, so that a day can be forgotten without asking the others.
  private final Map<CompanyId, TreeMap<LocalDate, Map<WebhookId, WebhookHealth>>> companies =
      new HashMap<>();

  synchronized void move(LocalDate day, List<Moved> moves) {
    for (var moved : moves) {
      companies
          .computeIfAbsent(moved.company(), _ -> new TreeMap<>())
          .computeIfAbsent(day, _ -> new HashMap<>())
          .merge(moved.webhook(), moved.change(), WebhookHealth::plus);
    }
  }

  /** Takes away what days before this one said. */
  synchronized void forgetBefore(LocalDate day) {
    companies.values().forEach(days -> days.headMap(day).clear());
    companies.values().removeIf(Map::isEmpty);
  }

  synchronized Map<WebhookId, WebhookHealth> of(CompanyId company) {
    var all = new HashMap<WebhookId, WebhookHealth>();
    for (var ofDay : companies.getOrDefault(company, new TreeMap<>()).values()) {
      ofDay.forEach((webhook, health) -> all.merge(webhook, health, WebhookHealth::plus));
    }
    return Map.copyOf(all);
  }
}
