package io.switchhook.console.settings;

import io.switchhook.company.Caller;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Frame;
import io.switchhook.console.Templates;
import java.util.ArrayList;
import java.util.List;

/** The way from one page of settings to the others, and who may go there. */
record Tabs(List<Tab> all) {
  Tabs {
    all = List.copyOf(all);
  }

  /** One of them. */
  record Tab(String word, String href, boolean isCurrent) {}

  /** What is shown to whom an admin key is missing. */
  record DeniedView(Frame frame, Tabs tabs) {}

  static Tabs at(ConsoleRequest request, String current) {
    var tabs = new ArrayList<Tab>();
    add(tabs, "Keys", request.link("settings"), current);
    if (isAdmin(request)) {
      add(tabs, "Companies", request.link("settings", "companies"), current);
    }
    add(tabs, "Data", request.link("settings", "data"), current);
    add(tabs, "Changes", request.link("settings", "changes"), current);
    return new Tabs(tabs);
  }

  private static void add(List<Tab> tabs, String word, String href, String current) {
    tabs.add(new Tab(word, href, word.equals(current)));
  }

  static boolean isAdmin(ConsoleRequest request) {
    return request.caller() instanceof Caller.Admin;
  }

  static ConsoleAnswer denied(ConsoleRequest request, Templates templates) {
    var page =
        templates.page(
            "settings/denied",
            new DeniedView(request.frame("An admin key is needed"), at(request, "")));
    return new ConsoleAnswer.Whole(403, page.contentType(), page.headers(), page.body());
  }
}
