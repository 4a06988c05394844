package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.Asked;
import io.switchhook.replay.Replays;
import io.switchhook.replay.Replays.Which;
import io.switchhook.replay.StoredReplay;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells again: counts, begins, shows and cancels replays. */
final class ReplayRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayRoutes.class);
  private static final String OF_WEBHOOK = Route.COMPANY + "/webhooks/{id}/replays";
  private static final String ONE = Route.COMPANY + "/replays/{id}";

  private final Replays replays;
  private final Blocking blocking;

  ReplayRoutes(Replays replays, Blocking blocking) {
    this.replays = replays;
    this.blocking = blocking;
  }

  List<Route> routes() {
    return List.of(
        route(HttpMethod.GET, OF_WEBHOOK, Route.Intake.NOTHING, this::list),
        route(HttpMethod.POST, OF_WEBHOOK, Route.Intake.JSON, this::start),
        route(HttpMethod.GET, ONE, Route.Intake.NOTHING, this::show),
        route(HttpMethod.DELETE, ONE, Route.Intake.NOTHING, this::cancel));
  }

  private static Route route(
      HttpMethod method, String path, Route.Intake intake, Route.Handler handler) {
    return new Route(method, path, Route.Access.COMPANY, intake, handler);
  }

  private CompletionStage<Answer> start(ApiRequest request) {
    if (!replays.knows(which(request))) {
      return Outcomes.notFound().now();
    }
    var query = new QueryReader(request.query());
    var dryRun = query.choice("dry_run", "true", "false").orElse("false").equals("true");
    var problem = query.problem("nothing was started");
    return problem.isPresent()
        ? Answer.problem(problem.get()).now()
        : JsonBody.read(request.body(), json -> read(request, json, dryRun));
  }

  private CompletionStage<Answer> read(ApiRequest request, JsonNode json, boolean dryRun) {
    return switch (ReplayReader.read(json)) {
      case ReplayReader.Read.Bad(var problem) -> Answer.problem(problem).now();
      case ReplayReader.Read.Good(var asked) ->
          dryRun ? count(request, asked) : begin(request, asked);
    };
  }

  private CompletionStage<Answer> count(ApiRequest request, Asked asked) {
    return Outcomes.answer(
        replays.count(which(request), asked),
        counted -> {
          var json = JsonNodeFactory.instance.objectNode();
          json.put("webhook", request.inPath("id"));
          addAsked(json, asked);
          json.put("kept_from", text(counted.keptFrom()));
          return Answer.json(200, json.put("total", counted.total()));
        });
  }

  private CompletionStage<Answer> begin(ApiRequest request, Asked asked) {
    return Outcomes.answer(
        replays.start(which(request), asked),
        started ->
            Answer.json(202, json(started))
                .with(
                    "Location",
                    Route.COMPANIES
                        + "/"
                        + started.company()
                        + "/replays/"
                        + started.replay().id()));
  }

  private CompletionStage<Answer> list(ApiRequest request) {
    return read(
        () ->
            replays
                .list(which(request))
                .map(
                    all -> {
                      var json = JsonNodeFactory.instance.objectNode();
                      var list = json.putArray("replays");
                      all.forEach(one -> list.add(json(one)));
                      return Answer.json(200, json);
                    }));
  }

  private CompletionStage<Answer> show(ApiRequest request) {
    var id = new ReplayId(request.inPath("id"));
    return read(
        () -> replays.find(request.company().id(), id).map(one -> Answer.json(200, json(one))));
  }

  private CompletionStage<Answer> cancel(ApiRequest request) {
    return Outcomes.answer(
        replays.cancel(request.company().id(), new ReplayId(request.inPath("id"))),
        cancelled -> Answer.json(200, json(cancelled)));
  }

  private CompletionStage<Answer> read(Callable<Optional<Answer>> read) {
    return blocking
        .run(read)
        .thenApply(found -> found.orElseGet(Outcomes::notFound))
        .exceptionally(
            failure -> {
              LOG.atError().setCause(failure).log("replay.read_failed");
              return Answer.problem(
                  ProblemType.UNAVAILABLE,
                  "The replays cannot be read now; the server's log says why.");
            });
  }

  private static Which which(ApiRequest request) {
    return new Which(request.company().id(), new WebhookId(request.inPath("id")));
  }

  private static void addAsked(ObjectNode json, Asked asked) {
    json.put("uid", asked.uid());
    json.put("from", text(asked.from()));
    json.put("to", text(asked.to()));
    json.put("only", asked.only().name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode json(StoredReplay stored) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", stored.replay().id().value());
    json.put("webhook", stored.replay().webhook().value());
    addAsked(json, stored.asked());
    json.put("state", stored.state().word());
    json.put("reason", stored.reason());
    json.put("done", stored.done());
    json.put("total", stored.total());
    json.put("gone", stored.gone());
    json.put("kept_from", text(stored.keptFrom()));
    json.put("requested_at", stored.replay().requestedAt().toString());
    return json.put("finished_at", text(stored.finishedAt()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
