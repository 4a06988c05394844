package io.switchhook.console.calls;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Templates;
import io.switchhook.history.History;
import java.util.List;

/** The list of calls, with its search. */
public final class CallsPage implements ConsolePage {
  private final History history;
  private final Templates templates;

  /** The pages of calls. */
  public CallsPage(HttpApi.Parts parts, Templates templates) {
    this.history = parts.history();
    this.templates = templates;
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Calls", "/calls", "calls");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/calls", this::list));
  }

  private ConsoleAnswer list(ConsoleRequest request) {
    var search = CallSearch.read(request);
    var page = history.calls(search.query());
    return templates.page("calls/list", CallsView.of(request, search, page));
  }
}
