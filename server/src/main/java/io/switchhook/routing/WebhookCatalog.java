package io.switchhook.routing;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.webhook.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All webhooks as they are now, with their versions: an immutable picture that a change replaces as
 * a whole.
 */
public final class WebhookCatalog {
  private final Map<CompanyId, List<Entry>> byCompany;
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
      companies.merge(
          entry.webhook().company(),
          List.of(entry),
          (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
    }
    byCompany = companies;
    byId = ids;
  }

  /** A company's webhooks. */
  public List<Entry> of(CompanyId company) {
    return byCompany.getOrDefault(company, List.of());
  }

  /** One webhook; empty when it was deleted. */
  public Optional<Entry> find(WebhookId id) {
    return Optional.ofNullable(byId.get(id));
  }
}
