package io.switchhook.admin;

import io.switchhook.live.LiveFeed;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells what happens as it happens. */
final class LiveRoutes {
  /** More connections at a time are refused. */
  static final int CONNECTIONS_MAX = 256;

  private static final String RETRY_SECONDS = "10";

  private final Vertx vertx;
  private final LiveFeed feed;
  private final AtomicInteger connections = new AtomicInteger();

  LiveRoutes(Vertx vertx, LiveFeed feed) {
    this.vertx = vertx;
    this.feed = feed;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.GET,
            Route.COMPANY + "/live",
            Route.Access.COMPANY,
            Route.Intake.NOTHING,
            this::live));
  }

  private CompletionStage<Answer> live(ApiRequest request) {
    var query = new QueryReader(request.query());
    var problem = query.problem("nothing is told");
    if (problem.isPresent()) {
      return Answer.problem(problem.get()).now();
    }
    if (connections.incrementAndGet() > CONNECTIONS_MAX) {
      connections.decrementAndGet();
      return Answer.problem(
              ProblemType.TOO_MANY,
              "There are " + CONNECTIONS_MAX + " connections that watch already; close some.")
          .with("Retry-After", RETRY_SECONDS)
          .now();
    }
    var stream =
        new LiveStream(
            vertx, new LiveStream.What(feed, request.company().id(), request.isStillAdmitted()));
    var last = Objects.requireNonNullElse(request.headers().get("Last-Event-ID"), "");
    return Answer.stream(
            "text/event-stream",
            response -> stream.start(response, last, connections::decrementAndGet))
        .now();
  }
}
