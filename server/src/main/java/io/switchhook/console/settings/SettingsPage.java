package io.switchhook.console.settings;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Templates;
import java.util.List;
import java.util.stream.Stream;

/** Keys, companies, what is kept, and what was changed: one page each. */
public final class SettingsPage implements ConsolePage {
  private final List<ConsoleRoute> routes;

  /** The pages of settings. */
  public SettingsPage(HttpApi.Parts parts, Templates templates) {
    this.routes =
        Stream.of(
                new KeysPage(parts, templates).routes(),
                new CompaniesPage(parts, templates).routes(),
                new DataPage(parts, templates).routes(),
                new ChangesPage(parts, templates).routes())
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Settings", "/settings", "settings");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return routes;
  }
}
