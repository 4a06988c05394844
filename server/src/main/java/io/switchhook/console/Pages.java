package io.switchhook.console;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.calls.CallsPage;
import java.util.List;

/** All pages, in the order of the navigation. */
final class Pages {
  private Pages() {}

  static List<ConsolePage> of(HttpApi.Parts parts, Templates templates) {
    return List.of(new CallsPage(parts, templates));
  }
}
