package io.switchhook.console;

import io.switchhook.admin.HttpApi;
import io.switchhook.company.Caller;
import io.switchhook.company.Company;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console on a router of Vert.x: who asks, may they, does it come from our own pages, and then
 * the page's handler.
 */
public final class Console {
  /** Below this all addresses of the console are. */
  public static final String ROOT = "/console";

  static final String COMPANIES = ROOT + "/c";

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  private static final int THREADS = 8;
  private static final int THREAD_SECONDS_MAX = 60;

  private final HttpApi.Parts parts;
  private final WorkerExecutor threads;
  private final Assets assets = new Assets();
  private final Templates templates = new Templates();
  private final Login login;
  private final List<ConsolePage> pages;
  private final Requests requests;

  /** A console; the stages that it shows must run already. */
  public Console(Vertx vertx, HttpApi.Parts parts) {
    this.parts = parts;
    this.threads =
        vertx.createSharedWorkerExecutor("console", THREADS, THREAD_SECONDS_MAX, TimeUnit.SECONDS);
    this.requests = new Requests(vertx);
    this.login = new Login(parts, new Sessions(parts.clock(), new SecureRandom()));
    this.pages = Pages.of(vertx, parts, templates);
  }

  /** True for the addresses that are the console's. */
  public static boolean isAt(@Nullable String path) {
    return path != null && (path.equals("/") || path.equals(ROOT) || path.startsWith(ROOT + "/"));
  }

  /** A new router with all pages, to be used by one event loop. */
  public Router router() {
    var router = Router.router(requests.vertx());
    router.route().handler(this::guard);
    router.get("/").handler(context -> Responses.write(context, ConsoleAnswer.redirect(ROOT)));
    router.get(ROOT).handler(this::goHome);
    router.get(ROOT + "/assets/*").handler(this::asset);
    router.get(Login.PATH).handler(context -> Responses.write(context, loginPage(context, "")));
    router.post(Login.PATH).handler(this::logIn);
    router.post(Login.OUT).handler(this::logOut);
    for (var page : pages) {
      for (var route : page.routes()) {
        router
            .route(
                route.method(),
                COMPANIES + "/:company" + route.path().replaceAll("\\{([a-z]+)}", ":$1"))
            .handler(context -> take(context, page, route));
      }
    }
    router.route().handler(this::notFound);
    for (int status : new int[] {400, 404, 405, 500}) {
      router.errorHandler(status, this::failed);
    }
    return router;
  }

  /** What changes something must come from our own pages, whoever has logged in. */
  private void guard(RoutingContext context) {
    var method = context.request().method();
    var isSafe = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    if (isSafe || SameOrigin.sent(context.request().headers())) {
      context.next();
      return;
    }
    Responses.write(
        context,
        message(
            403,
            "Refused",
            "This request did not come from a page of this console, so nothing was done.",
            "Open the page again and repeat it there."));
  }

  private void goHome(RoutingContext context) {
    var caller = login.caller(context.request());
    if (caller.isEmpty()) {
      Responses.write(context, ConsoleAnswer.redirect(Login.PATH));
      return;
    }
    Responses.write(context, ConsoleAnswer.redirect(home(caller.get().caller())));
  }

  /** Where somebody starts: their company, or for an admin the first one. */
  private String home(Caller caller) {
    return parts.companies().list().stream()
        .filter(company -> caller.mayUse(company.id()))
        .findFirst()
        .map(this::home)
        .orElse(Login.PATH);
  }

  private String home(Company company) {
    return pages.stream()
        .map(ConsolePage::entry)
        .filter(entry -> entry != null)
        .findFirst()
        .map(entry -> Links.of(company) + entry.path())
        .orElse(Login.PATH);
  }

  private void asset(RoutingContext context) {
    assets
        .at(String.valueOf(context.request().path()))
        .ifPresentOrElse(asset -> Responses.write(context, asset), () -> notFound(context));
  }

  private ConsoleAnswer.Whole loginPage(RoutingContext context, String problem) {
    return templates.page(
        "login", new LoginView(assets, problem, Login.wanted(context.request().getParam("to"))));
  }

  private void logIn(RoutingContext context) {
    requests.form(
        context,
        form -> {
          switch (login.tried(context.request(), String.valueOf(form.get("key")).strip())) {
            case Login.Tried.In(var caller, var cookie) -> {
              var wanted = Login.wanted(form.get("to"));
              var to = wanted.isEmpty() ? home(caller) : wanted;
              Responses.write(context, ConsoleAnswer.redirect(to).with("Set-Cookie", cookie));
            }
            case Login.Tried.NoKey(var words) ->
                Responses.write(context, loginPage(context, words), 401);
            case Login.Tried.TooOften(long seconds, var words) ->
                Responses.write(
                    context,
                    loginPage(context, words).with("Retry-After", String.valueOf(seconds)),
                    429);
          }
        });
  }

  private void logOut(RoutingContext context) {
    Responses.write(
        context,
        ConsoleAnswer.redirect(Login.PATH).with("Set-Cookie", login.out(context.request())));
  }

  private void take(RoutingContext context, ConsolePage page, ConsoleRoute route) {
    var known = login.caller(context.request());
    if (known.isEmpty()) {
      Responses.write(context, Login.ask(context.request()));
      return;
    }
    var caller = known.get().caller();
    parts
        .companies()
        .find(String.valueOf(context.pathParam("company")))
        .filter(found -> caller.mayUse(found.id()))
        .ifPresentOrElse(
            company -> {
              var visit = new Visit(known.get(), company, page);
              requests.form(context, form -> answer(context, route, request(context, visit, form)));
            },
            () -> notFound(context));
  }

  /** Who looks at which page of whose. */
  private record Visit(Login.Known known, Company company, ConsolePage page) {}

  private ConsoleRequest request(RoutingContext context, Visit visit, MultiMap form) {
    return new ConsoleRequest(
        visit.company(),
        visit.known().caller(),
        visit.known().key(),
        context.pathParams(),
        context.queryParams(),
        form,
        context.request().headers(),
        site(visit.known().caller(), visit.company(), visit.page()),
        () -> login.caller(context.request()).isPresent());
  }

  private Frame.Site site(Caller caller, Company company, ConsolePage current) {
    var nav =
        pages.stream()
            .flatMap(
                page ->
                    Optional.ofNullable(page.entry()).stream()
                        .map(
                            entry ->
                                new Frame.Nav(
                                    entry.word(),
                                    Links.of(company) + entry.path(),
                                    entry.icon(),
                                    entry.equals(current.entry()))))
            .toList();
    var others =
        parts.companies().list().stream()
            .filter(other -> !other.id().equals(company.id()) && caller.mayUse(other.id()))
            .limit(Frame.CHOICES_MAX)
            .map(other -> new Frame.Choice(other.name(), home(other)))
            .toList();
    return new Frame.Site(assets, nav, company.name(), others, home(company));
  }

  /** Whatever is changed meanwhile is written down with who did it. */
  private CompletionStage<ConsoleAnswer> asked(ConsoleRoute route, ConsoleRequest request) {
    return parts
        .keys()
        .authorOf(request.key(), "console")
        .asking(() -> route.handler().answer(request))
        .thenApply(answer -> Packed.of(answer, request.headers()));
  }

  private void answer(RoutingContext context, ConsoleRoute route, ConsoleRequest request) {
    threads
        .executeBlocking(() -> asked(route, request), /* ordered= */ false)
        .compose(stage -> Future.fromCompletionStage(stage, requests.context()))
        .onSuccess(
            answer -> {
              Responses.write(context, answer);
              if (answer instanceof ConsoleAnswer.Parts parts) {
                writeParts(context, parts);
              }
            })
        .onFailure(failure -> broken(context, failure));
  }

  private void writeParts(RoutingContext context, ConsoleAnswer.Parts parts) {
    threads
        .executeBlocking(
            () -> {
              parts.writer().write(context.response());
              return parts;
            },
            /* ordered= */ false)
        .onFailure(
            failure -> {
              LOG.atWarn().setCause(failure).log("console.answer_cut");
              context.request().connection().close();
            });
  }

  private void notFound(RoutingContext context) {
    Responses.write(
        context,
        message(
            404,
            "Nothing here",
            "There is nothing at this address, or it is of a company that your key does not open.",
            "What is older than the retention is gone for good."));
  }

  private void failed(RoutingContext context) {
    var failure = context.failure();
    if (failure == null || context.statusCode() < 500) {
      notFound(context);
      return;
    }
    broken(context, failure);
  }

  private void broken(RoutingContext context, Throwable failure) {
    LOG.atError()
        .addKeyValue("method", context.request().method())
        .addKeyValue(
            "route", context.currentRoute() == null ? "" : context.currentRoute().getPath())
        .setCause(failure)
        .log("console.failed");
    Responses.write(
        context,
        message(
            500,
            "Something broke",
            "The page could not be made.",
            "The server's log says why; try again in a moment."));
  }

  private ConsoleAnswer.Whole message(int status, String title, String words, String advice) {
    var page = templates.page("message", new MessageView(assets, title, words, advice));
    return new ConsoleAnswer.Whole(status, page.contentType(), page.headers(), page.body());
  }

  /** What the page of somebody who is not logged in shows. */
  public record LoginView(Assets assets, String problem, String to) {}

  /** What a page shows that only says something. */
  public record MessageView(Assets assets, String title, String words, String advice) {}
}
