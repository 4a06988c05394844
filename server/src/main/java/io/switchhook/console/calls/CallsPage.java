package io.switchhook.console.calls;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Templates;
import io.switchhook.event.CallId;
import io.switchhook.history.History;
import io.switchhook.history.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The list of calls with its search and its export, and what there is of one call. */
public final class CallsPage implements ConsolePage {
  private final History history;
  private final Templates templates;
  private final CallPage call;
  private final EventPage event;

  /** The pages of calls. */
  public CallsPage(HttpApi.Parts parts, Templates templates) {
    this.history = parts.history();
    this.templates = templates;
    this.call = new CallPage(parts, templates);
    this.event = new EventPage(parts, templates);
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Calls", "/calls", "calls");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return Stream.of(
            List.of(
                ConsoleRoute.get("/calls", this::list), ConsoleRoute.get("/calls.csv", this::csv)),
            call.routes(),
            event.routes())
        .flatMap(List::stream)
        .toList();
  }

  private ConsoleAnswer list(ConsoleRequest request) {
    var search = CallSearch.read(request);
    // Whoever has a uid has copied it whole; it goes before numbers that look alike.
    var named =
        search
            .uid()
            .flatMap(uid -> history.call(new CallId(request.company().id(), uid)))
            .map(story -> new Page<>(List.of(story.summary()), null));
    if (named.isPresent()) {
      return templates.page(
          "calls/list", CallsView.of(request, search.withoutProblems(), named.get()));
    }
    return templates.page(
        "calls/list", CallsView.of(request, search, history.calls(search.query())));
  }

  private ConsoleAnswer csv(ConsoleRequest request) {
    var query = CallSearch.read(request).query();
    return new ConsoleAnswer.Parts(
        "text/csv; charset=utf-8",
        Map.of("Content-Disposition", "attachment; filename=\"calls.csv\""),
        response -> CallsCsv.write(history, query, response));
  }
}
