package io.switchhook.runtime;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.Console;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** The API and the console behind one port. */
final class WebFront {
  private final HttpApi api;
  private final Console console;

  WebFront(Vertx vertx, HttpApi.Parts parts) {
    this.api = new HttpApi(vertx, parts);
    this.console = new Console(vertx, parts);
  }

  /** What answers on one event loop. */
  Handler<HttpServerRequest> handler() {
    var apiRouter = api.router();
    var consoleRouter = console.router();
    return request -> {
      var router = Console.isAt(request.path()) ? consoleRouter : apiRouter;
      router.handle(request);
    };
  }
}
