package io.switchhook.routing;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.webhook.Webhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All webhooks as they are now, with their versions: an immutable picture that a change replaces as
 * a whole.
 */
public final class WebhookCatalog {
  private final Map<CompanyId, RoutingIndex> byCompany;
  private final Map<WebhookId, Entry> byId;

  /** One webhook: its newest settings, and its versions, oldest first. */
  public record Entry(Webhook webhook, List<WebhookVersion> versions) {
    public Entry {
      versions = List.copyOf(versions);
    }
  }

  /** A catalog of these webhooks; their order within a company is kept. */
  public WebhookCatalog(List<Entry> entries) {
    var companies = new LinkedHashMap<CompanyId, List<Entry>>();
    var ids = new LinkedHashMap<WebhookId, Entry>();
    for (var entry : entries) {
      ids.put(entry.webhook().id(), entry);
      companies.computeIfAbsent(entry.webhook().company(), _ -> new ArrayList<>()).add(entry);
    }
    var index = new HashMap<CompanyId, RoutingIndex>();
    companies.forEach((company, of) -> index.put(company, new RoutingIndex(of)));
    byCompany = index;
    byId = ids;
  }

  /**
   * The webhooks of a record's company that may want it, in their order; {@link Router} says which
   * do.
   *
   * @param fields the record's call log
   */
  public List<Entry> candidates(JournalRecord record, LogFields fields) {
    var index = byCompany.get(record.call().company());
    return index == null ? List.of() : index.candidates(record.kind(), fields);
  }

  /** One webhook; empty when it was deleted. */
  public Optional<Entry> find(WebhookId id) {
    return Optional.ofNullable(byId.get(id));
  }
}
