package io.switchhook.history.sqlite;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.sqlite.HealthRows.Moved;
import java.time.LocalDate;
import java.util.ArrayList;
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

  /** What went by retention with days that are forgotten. */
  private final Map<CompanyId, Map<WebhookId, Long>> lost = new HashMap<>();

  /** How many deliveries of a webhook went by retention with a day. */
  record Lost(LocalDate day, CompanyId company, WebhookId webhook, long deliveries) {}

  synchronized void move(LocalDate day, List<Moved> moves) {
    for (var moved : moves) {
      companies
          .computeIfAbsent(moved.company(), _ -> new TreeMap<>())
          .computeIfAbsent(day, _ -> new HashMap<>())
          .merge(moved.webhook(), moved.change(), WebhookHealth::plus);
    }
  }

  /** What goes by retention with the days before this one. */
  synchronized List<Lost> lostBefore(LocalDate day) {
    var all = new ArrayList<Lost>();
    companies.forEach(
        (company, days) ->
            days.headMap(day)
                .forEach(
                    (old, ofDay) ->
                        ofDay.forEach(
                            (webhook, health) ->
                                all.add(new Lost(old, company, webhook, lost(health))))));
    all.removeIf(one -> one.deliveries() == 0);
    return all;
  }

  /** What was open when its day went, was given up unread. */
  private static long lost(WebhookHealth health) {
    return health.backlog() + health.givenUp().getOrDefault(DeliveryOutcome.GIVEN_UP_RETENTION, 0L);
  }

  /** A day's file is gone, and so much with it. */
  synchronized void lost(Lost one) {
    lost.computeIfAbsent(one.company(), _ -> new HashMap<>())
        .merge(one.webhook(), one.deliveries(), Long::sum);
  }

  /** Takes away what days before this one said, and returns what was open there. */
  synchronized Map<WebhookId, Long> forgetBefore(LocalDate day) {
    lostBefore(day).forEach(this::lost);
    var open = new HashMap<WebhookId, Long>();
    for (var days : companies.values()) {
      var old = days.headMap(day);
      old.values()
          .forEach(
              ofDay ->
                  ofDay.forEach(
                      (webhook, health) -> open.merge(webhook, health.backlog(), Long::sum)));
      old.clear();
    }
    companies.values().removeIf(Map::isEmpty);
    open.values().removeIf(count -> count == 0);
    return open;
  }

  synchronized Map<WebhookId, WebhookHealth> of(CompanyId company) {
    var all = new HashMap<WebhookId, WebhookHealth>();
    lost.getOrDefault(company, Map.of())
        .forEach(
            (webhook, count) ->
                all.put(webhook, WebhookHealth.counted(DeliveryOutcome.GIVEN_UP_RETENTION, count)));
    for (var ofDay : companies.getOrDefault(company, new TreeMap<>()).values()) {
      ofDay.forEach((webhook, health) -> all.merge(webhook, health, WebhookHealth::plus));
    }
    return Map.copyOf(all);
  }
}
