package io.switchhook.console;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.calls.CallsPage;
import io.switchhook.console.deliveries.DeliveriesPage;
import io.switchhook.console.now.NowPage;
import io.switchhook.console.settings.SettingsPage;
import io.switchhook.console.sources.SourcesPage;
import io.switchhook.console.webhooks.WebhooksPage;
import io.vertx.core.Vertx;
import java.util.List;

/** All pages, in the order of the navigation. */
final class Pages {
  private Pages() {}

  static List<ConsolePage> of(Vertx vertx, HttpApi.Parts parts, Templates templates) {
    return List.of(
        new NowPage(vertx, parts, templates),
        new CallsPage(parts, templates),
        new WebhooksPage(parts, templates),
        new DeliveriesPage(parts, templates),
        new SourcesPage(parts, templates),
        new SettingsPage(parts, templates));
  }
}
