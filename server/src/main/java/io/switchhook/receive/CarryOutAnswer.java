package io.switchhook.receive;

import io.netty.channel.ChannelOption;
import io.switchhook.receive.Answer.Status;
import io.switchhook.receiver.Reception;
import io.switchhook.receiver.Reception.Told;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers a request as it was decided. */
final class CarryOutAnswer {
  private static final int DRIP_MILLIS = 1_000;
  private static final int DRIPS = 30;

  private final Vertx vertx;

  CarryOutAnswer(Vertx vertx) {
    this.vertx = vertx;
  }

  void to(HttpServerRequest request, Answer answer, Reception came) {
    switch (answer) {
      case Status status -> status(request, status, came);
      case Answer.Timeout _ -> {
        // The sender waits until it gives up.
      }
      case Answer.Reset _ -> reset(request);
      case Answer.Slow _ -> drip(request);
      case Answer.Redirect _ ->
          request
              .response()
              .setStatusCode(302)
              .putHeader("Location", "/redirected")
              .end("Elsewhere.\n");
    }
  }

  private static void status(HttpServerRequest request, Status status, Reception came) {
    var response = request.response().setStatusCode(status.code());
    response.putHeader("Content-Type", "text/plain; charset=utf-8");
    if (status.retryAfterSeconds() != null) {
      response.putHeader("Retry-After", String.valueOf(status.retryAfterSeconds()));
    }
    if (status.code() == 401) {
      // The same whatever is missing, so that it tells nothing.
      response.putHeader("WWW-Authenticate", "Basic realm=\"receiver\"");
    }
    if (status.code() == 405) {
      response.putHeader("Allow", "GET, HEAD, POST");
    }
    if (status.code() == 204 || status.code() == 304) {
      response.end();
    } else {
      response.end(words(status, came));
    }
  }

  private static String words(Status status, Reception came) {
    if (!(came instanceof Told)) {
      return PlainText.of(came.answer()) + "\n";
    }
    return status.code() == 200 ? "OK\n" : status.code() + "\n";
  }

  private static void reset(HttpServerRequest request) {
    // Vert.x has no word for a reset: a socket that is closed without lingering sends one.
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      var _ = connection.channel().close();
    } else {
      request.connection().close();
    }
  }

  private void drip(HttpServerRequest request) {
    var response = request.response().setChunked(true);
    response.putHeader("Content-Type", "text/plain; charset=utf-8");
    response.write(".");
    var drips = new AtomicInteger();
    var timer =
        vertx.setPeriodic(
            DRIP_MILLIS,
            id -> {
              if (drips.incrementAndGet() < DRIPS) {
                response.write(".");
              } else {
                vertx.cancelTimer(id);
                response.end("\n");
              }
            });
    response.closeHandler(_ -> vertx.cancelTimer(timer));
  }
}
