package io.switchhook.admin;

import io.switchhook.company.Author;
import io.switchhook.company.Caller;
import io.switchhook.company.Companies;
import io.switchhook.company.Company;
import io.switchhook.company.Keys;
import io.switchhook.company.Webhooks;
import io.switchhook.delivery.worker.WebhookStanding;
import io.switchhook.event.Bytes;
import io.switchhook.event.WebhookId;
import io.switchhook.history.History;
import io.switchhook.journal.Journal;
import io.switchhook.live.LiveFeed;
import io.switchhook.replay.Replays;
import io.switchhook.source.Sources;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Target;
import io.switchhook.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API on a router of Vert.x: who asks, may they, is the body one that is read, and then
 * the route's handler. The key is checked before anything of the body is kept.
 */
public final class HttpApi {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final String BEARER = "Bearer ";
  private static final long CUT_AFTER_MILLIS = 1_000;

  private final Vertx vertx;
  private final Parts parts;
  private final List<Route> routes;
  private final DoorRoutes doors;
  private final int bodyMillisMax;

  /**
   * What the API works with.
   *
   * @param unreadiness why events are not taken or told at present, in words; empty when they are.
   *     Must return at once
   * @param clock the wall clock
   * @param nanoClock for how long requests take; {@code System::nanoTime} outside tests
   * @param dataKept measures what is kept; may take a moment
   * @param standing how a webhook stands with the workers; must return at once
   */
  public record Parts(
      Journal journal,
      Companies companies,
      Keys keys,
      Webhooks webhooks,
      History history,
      Target target,
      RequestComposer composer,
      Telemetry telemetry,
      Supplier<List<String>> unreadiness,
      InstantSource clock,
      LongSupplier nanoClock,
      RandomGenerator random,
      Sources sources,
      Replays replays,
      Function<WebhookId, WebhookStanding> standing,
      LiveFeed live,
      Supplier<DataKept> dataKept) {}

  /** An API; its stages must run already, or be ready to say that they do not. */
  public HttpApi(Vertx vertx, Parts parts) {
    this(vertx, parts, BodyReader.BODY_MILLIS_MAX);
  }

  /** With another time for bodies. */
  HttpApi(Vertx vertx, Parts parts, int bodyMillisMax) {
    this.vertx = vertx;
    this.bodyMillisMax = bodyMillisMax;
    this.parts = parts;
    var trial = new WebhookTrial(parts);
    var events = new EventRoutes(parts.journal(), parts.telemetry().api(), parts.clock());
    this.doors = new DoorRoutes(parts.sources(), this::blocking);
    var operations = new OperationRoutes(parts.telemetry(), parts.unreadiness(), this::blocking);
    this.routes =
        Stream.of(
                events.routes(),
                new CompanyRoutes(parts.companies()).routes(),
                new KeyRoutes(parts.keys()).routes(),
                new WebhookRoutes(
                        parts.webhooks(),
                        new ShowWebhook(parts.history()::health, parts.standing()),
                        trial)
                    .routes(),
                new ReplayRoutes(parts.replays(), this::blocking).routes(),
                new HistoryRoutes(parts.history(), parts.journal()::extent, this::blocking)
                    .routes(),
                new LiveRoutes(vertx, parts.live()).routes(),
                new SourceRoutes(parts.sources()).routes(),
                doors.routes(),
                new CallRoutes(parts.sources()).routes(),
                operations.routes())
            .flatMap(List::stream)
            .toList();
  }

  /** All operations, for the router and for the test that holds them to the document. */
  List<Route> routes() {
    return routes;
  }

  /** A new router with all routes, to be used by one server; more may be added before it. */
  public Router router() {
    var router = Router.router(vertx);
    router.route().handler(this::prepare);
    for (var route : routes) {
      router
          .route(route.method(), route.path().replaceAll("\\{([a-z]+)}", ":$1"))
          .handler(context -> take(context, route));
    }
    routes.stream()
        .collect(
            Collectors.groupingBy(
                Route::path, Collectors.mapping(Route::method, Collectors.toList())))
        .forEach((path, methods) -> refuseOtherMethods(router, path, methods));
    router
        .route()
        .handler(
            context ->
                write(
                    context,
                    Answer.problem(
                        ProblemType.NOT_FOUND,
                        "There is nothing at this address; /openapi.json lists all there is.")));
    for (int status : new int[] {400, 404, 413, 500}) {
      router.errorHandler(status, this::failed);
    }
    return router;
  }

  private void prepare(RoutingContext context) {
    long startedAt = parts.nanoClock().getAsLong();
    context.addEndHandler(
        _ -> {
          var route = context.<String>get("route");
          parts
              .telemetry()
              .api()
              .answered(
                  route == null ? "none" : route,
                  context.response().getStatusCode(),
                  Duration.ofNanos(parts.nanoClock().getAsLong() - startedAt));
        });
    context.next();
  }

  private void refuseOtherMethods(Router router, String path, List<HttpMethod> methods) {
    var allow = methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    router
        .route(path.replaceAll("\\{([a-z]+)}", ":$1"))
        .handler(
            context ->
                write(
                    context,
                    Answer.problem(
                            ProblemType.METHOD_NOT_ALLOWED, "This address takes " + allow + ".")
                        .with("Allow", allow)));
  }

  private void take(RoutingContext context, Route route) {
    context.put("route", route.path());
    var admitted = admit(context, route);
    if (admitted instanceof Admission.Refused(var answer)) {
      write(context, answer);
      return;
    }
    var objection = ContentTypes.objection(context.request().headers(), route.body());
    if (objection.isPresent()) {
      write(context, Answer.problem(ProblemType.UNSUPPORTED, objection.get()));
      return;
    }
    var company = ((Admission.Granted) admitted).company();
    BodyReader.read(
            vertx, context.request(), new BodyReader.Limits(route.body().sizeMax(), bodyMillisMax))
        .onSuccess(
            read -> {
              switch (read) {
                case BodyReader.Read.Whole(var bytes) -> answer(context, route, company, bytes);
                case BodyReader.Read.TooLarge(int sizeMax) ->
                    cut(
                        context,
                        Answer.problem(
                            ProblemType.TOO_LARGE,
                            "The body may have at most " + sizeMax + " bytes; send it in parts."));
                case BodyReader.Read.TooSlow() ->
                    cut(
                        context,
                        Answer.problem(
                            ProblemType.TOO_SLOW,
                            "The body did not come within "
                                + bodyMillisMax
                                + " milliseconds; nothing of it was taken."));
                case BodyReader.Read.Broken() -> {}
              }
            });
  }

  private void answer(RoutingContext context, Route route, @Nullable Company company, Bytes body) {
    var request =
        new ApiRequest(
            company,
            context.pathParams(),
            context.queryParams(),
            rawQuery(context),
            context.request().headers(),
            body,
            () -> admit(context, route) instanceof Admission.Granted);
    CompletionStage<Answer> answer;
    try {
      answer =
          route.changesSettings()
              ? author(context).asking(() -> route.handler().answer(request))
              : route.handler().answer(request);
    } catch (RuntimeException e) { // The top of a request: whoever waits must hear of it.
      write(context, broken(context, e));
      return;
    }
    Future.fromCompletionStage(answer, vertx.getOrCreateContext())
        .onSuccess(ready -> write(context, ready))
        .onFailure(failure -> write(context, broken(context, failure)));
  }

  /** Whether a request may go on. */
  private sealed interface Admission {
    record Granted(@Nullable Company company) implements Admission {}

    record Refused(Answer answer) implements Admission {}
  }

  private Admission admit(RoutingContext context, Route route) {
    if (route.access() == Route.Access.PUBLIC) {
      return new Admission.Granted(null);
    }
    if (route.access() == Route.Access.DOOR) {
      return doors
          .refusal(
              String.valueOf(context.pathParam("source")),
              DoorRoutes.request(
                  context.request().method(),
                  rawQuery(context),
                  context.request().headers(),
                  Bytes.empty()))
          .<Admission>map(Admission.Refused::new)
          .orElseGet(() -> new Admission.Granted(null));
    }
    var caller = caller(context);
    if (caller.isEmpty()) {
      return new Admission.Refused(
          Answer.problem(
                  ProblemType.NO_KEY,
                  "Send an API key of this installation as Authorization: Bearer KEY.")
              .with("WWW-Authenticate", "Bearer"));
    }
    if (route.access() == Route.Access.ADMIN && !(caller.get() instanceof Caller.Admin)) {
      return new Admission.Refused(
          Answer.problem(ProblemType.NOT_ADMIN, "This key is of one company; use an admin key."));
    }
    var name = context.pathParam("company");
    if (name == null) {
      return new Admission.Granted(null);
    }
    var company = parts.companies().find(name).filter(found -> caller.get().mayUse(found.id()));
    if (company.isEmpty()) {
      return new Admission.Refused(Outcomes.notFound());
    }
    return route.access() == Route.Access.CALLS && !caller.get().mayStartCalls()
        ? new Admission.Refused(
            Answer.problem(
                ProblemType.NO_RIGHT,
                "This key may not start calls, which cost money; make one that may:"
                    + " ./switchhook key add --may-start-calls."))
        : new Admission.Granted(company.get());
  }

  private static String rawQuery(RoutingContext context) {
    return Objects.requireNonNullElse(context.request().query(), "");
  }

  private Optional<Caller> caller(RoutingContext context) {
    var key = key(context);
    return key.isEmpty() ? Optional.empty() : parts.keys().callerWith(key);
  }

  private Author author(RoutingContext context) {
    return parts.keys().authorOf(Keys.proof(key(context)), "API");
  }

  /** The key that came along; {@code ""} when none did. */
  private static String key(RoutingContext context) {
    var header = context.request().getHeader("Authorization");
    return header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? ""
        : header.substring(BEARER.length()).strip();
  }

  private void failed(RoutingContext context) {
    var failure = context.failure();
    if (failure == null || context.statusCode() < 500) {
      write(
          context,
          Answer.problem(ProblemType.MALFORMED, "The address of the request cannot be read."));
      return;
    }
    write(context, broken(context, failure));
  }

  private static Answer broken(RoutingContext context, Throwable failure) {
    LOG.atError()
        .addKeyValue("method", context.request().method())
        .addKeyValue("route", context.<String>get("route"))
        .setCause(failure)
        .log("request.failed");
    return Answer.problem(
        ProblemType.INTERNAL, "This is a mistake in Switchhook; the server's log says more.");
  }

  /**
   * Answers, and soon closes the connection. Not at once: a client that still sends would see its
   * connection reset before it has read why.
   */
  private void cut(RoutingContext context, Answer answer) {
    var connection = context.request().connection();
    vertx.setTimer(CUT_AFTER_MILLIS, _ -> connection.close());
    write(context, answer.with("Connection", "close"));
  }

  private static void write(RoutingContext context, Answer answer) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (answer.contentType().isEmpty()) {
      response.end();
      return;
    }
    response.putHeader("Content-Type", answer.contentType());
    var stream = answer.stream();
    if (stream != null) {
      stream.accept(response.setChunked(true));
      return;
    }
    response.end(Buffer.buffer(answer.body().array()));
  }

  private <T> CompletionStage<T> blocking(Callable<T> work) {
    var done = new CompletableFuture<T>();
    vertx
        .executeBlocking(() -> done.complete(work.call()), /* ordered= */ false)
        .onFailure(done::completeExceptionally);
    return done;
  }
}
