package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallTerms;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.History;
import io.switchhook.history.Page;
import io.switchhook.journal.Extent;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows calls and deliveries. */
final class HistoryRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRoutes.class);

  private static final String TERM_ALLOWED =
      "must be 1 to " + CallTerms.LENGTH_MAX + " characters, with which it begins";

  private final History history;
  private final Supplier<Extent> extent;
  private final Blocking blocking;

  /**
   * Routes of this history.
   *
   * @param extent how much of time the journal holds
   */
  HistoryRoutes(History history, Supplier<Extent> extent, Blocking blocking) {
    this.history = history;
    this.extent = extent;
    this.blocking = blocking;
  }

  List<Route> routes() {
    return List.of(
        route("/calls", this::calls),
        route("/calls/{uid}", this::call),
        route("/deliveries", this::deliveries));
  }

  private static Route route(String path, Route.Handler handler) {
    return new Route(
        HttpMethod.GET, Route.COMPANY + path, Route.Access.COMPANY, Route.Intake.NOTHING, handler);
  }

  private CompletionStage<Answer> calls(ApiRequest request) {
    var asked = new QueryReader(request.query());
    var query =
        new CallQuery(
            request.company().id(),
            asked.number("state", 1, 9).orElse(null),
            asked
                .parsed(
                    "number", CallQuery::digitsOf, "must be 1 to 32 digits of a telephone number")
                .orElse(null),
            asked.parsed("user", HistoryRoutes::term, TERM_ALLOWED).orElse(null),
            asked.parsed("reference", HistoryRoutes::term, TERM_ALLOWED).orElse(null),
            asked.time("from").orElse(null),
            asked.time("to").orElse(null),
            asked.cursor().orElse(null),
            asked.number("limit", 1, Page.SIZE_MAX).orElse(Page.SIZE_DEFAULT));
    return page(asked, "calls", () -> history.calls(query), HistoryJson::call);
  }

  private static Optional<String> term(String text) {
    return Optional.of(text.strip())
        .filter(term -> !term.isEmpty() && term.length() <= CallTerms.LENGTH_MAX);
  }

  private CompletionStage<Answer> call(ApiRequest request) {
    var uid = request.inPath("uid");
    if (uid.isEmpty() || uid.length() > CallId.UID_LENGTH_MAX) {
      return Outcomes.notFound().now();
    }
    return answer(
        () ->
            history
                .call(new CallId(request.company().id(), uid))
                .map(story -> Answer.json(200, HistoryJson.story(story)))
                .orElseGet(this::noSuchCall));
  }

  /** Whether there never was one or it is too old, nobody knows; so both are said. */
  private Answer noSuchCall() {
    return Answer.problem(
        ProblemType.NOT_FOUND,
        extent
            .get()
            .oldestAcceptedAt()
            .map(
                oldest ->
                    "No event of such a call is kept. The oldest event that is kept was accepted at "
                        + oldest
                        + "; what is older was dropped after data.retention.")
            .orElse("No event of such a call is kept: no events are."));
  }

  private CompletionStage<Answer> deliveries(ApiRequest request) {
    var asked = new QueryReader(request.query());
    var query =
        new DeliveryQuery(
            request.company().id(),
            asked.text("webhook").map(WebhookId::new).orElse(null),
            asked.text("uid").orElse(null),
            asked
                .parsed(
                    "outcome",
                    word ->
                        DeliveryOutcome.ofWord(word)
                            .filter(outcome -> outcome != DeliveryOutcome.NO_WEBHOOK),
                    "must be pending, delivered, failed or given_up_ and a reason")
                .orElse(null),
            asked.time("from").orElse(null),
            asked.time("to").orElse(null),
            asked.cursor().orElse(null),
            asked.number("limit", 1, Page.SIZE_MAX).orElse(Page.SIZE_DEFAULT));
    return page(asked, "deliveries", () -> history.deliveries(query), HistoryJson::delivery);
  }

  /** A page as {@code {"NAME": [items], "next"}}, unless something that was asked is wrong. */
  private <T> CompletionStage<Answer> page(
      QueryReader asked, String name, Supplier<Page<T>> read, Function<T, ObjectNode> item) {
    return asked
        .problem()
        .map(problem -> Answer.problem(problem).now())
        .orElseGet(
            () ->
                answer(
                    () -> {
                      var page = read.get();
                      var json = JsonNodeFactory.instance.objectNode();
                      var list = json.putArray(name);
                      page.items().forEach(one -> list.add(item.apply(one)));
                      return Answer.json(200, json.put("next", HistoryJson.next(page)));
                    }));
  }

  private CompletionStage<Answer> answer(Callable<Answer> read) {
    return blocking
        .run(read)
        .exceptionally(
            failure -> {
              LOG.atError().setCause(failure).log("history.read_failed");
              return Answer.problem(
                  ProblemType.UNAVAILABLE,
                  "The history cannot be read now; the server's log says why.");
            });
  }
}
