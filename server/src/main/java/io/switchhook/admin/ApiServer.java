package io.switchhook.admin;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Listens for the API on one port, with as many event loops as are asked for. */
public final class ApiServer {
  /** The most bytes of a request's headers. */
  static final int HEADER_BYTES_MAX = 16 * 1024;

  static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;

  /** Longer than the longest answer takes: trying a webhook waits for its receiver. */
  private static final int IDLE_SECONDS_MAX = 90;

  /** A connection that has not sent a whole head of a request by then is closed. */
  private static final int FIRST_REQUEST_MILLIS_MAX = 10_000;

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private ApiServer(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Where to listen.
   *
   * @param port 0 takes a free one
   * @param eventLoops how many of them serve, at least 1
   */
  public record Place(String bind, int port, int eventLoops) {}

  /** Starts to listen. Fails with a {@code BindException} when the port is taken. */
  public static Future<ApiServer> start(Vertx vertx, HttpApi api, Place place) {
    return start(vertx, api::router, place);
  }

  /**
   * The same with more than the API behind the port.
   *
   * @param handlers makes what answers on one event loop
   */
  public static Future<ApiServer> start(
      Vertx vertx, Supplier<? extends Handler<HttpServerRequest>> handlers, Place place) {
    var port = new AtomicInteger();
    var options = new DeploymentOptions().setInstances(place.eventLoops());
    return vertx
        .deployVerticle(() -> new Listener(handlers.get(), place, port), options)
        .map(deployment -> new ApiServer(vertx, deployment, port.get()));
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Takes no more requests; completes when the port is free. Safe to call twice. */
  public Future<Void> close() {
    return vertx.deploymentIDs().contains(deployment)
        ? vertx.undeploy(deployment)
        : Future.succeededFuture();
  }

  /** One event loop's share. */
  private static final class Listener extends VerticleBase {
    private final Handler<HttpServerRequest> handler;
    private final Place place;
    private final AtomicInteger actualPort;
    private final Map<HttpConnection, Long> silent = new HashMap<>();

    Listener(Handler<HttpServerRequest> handler, Place place, AtomicInteger actualPort) {
      this.handler = handler;
      this.place = place;
      this.actualPort = actualPort;
    }

    @Override
    public Future<?> start() {
      // A negative port is a free one that all instances share.
      int port = place.port() == 0 ? -1 : place.port();
      return vertx
          .createHttpServer(options())
          .connectionHandler(this::expectRequest)
          .requestHandler(
              request -> {
                requested(request);
                handler.handle(request);
              })
          .listen(port, place.bind())
          .onSuccess(server -> actualPort.set(server.actualPort()));
    }

    private static HttpServerOptions options() {
      return new HttpServerOptions()
          .setMaxHeaderSize(HEADER_BYTES_MAX)
          .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
          .setHttp2ClearTextEnabled(false)
          .setHandle100ContinueAutomatically(true)
          .setIdleTimeout(IDLE_SECONDS_MAX)
          .setIdleTimeoutUnit(TimeUnit.SECONDS)
          // Nothing here is a WebSocket.
          .setPerFrameWebSocketCompressionSupported(false)
          .setPerMessageWebSocketCompressionSupported(false)
          .setTcpNoDelay(true);
    }

    private void expectRequest(HttpConnection connection) {
      long timer = vertx.setTimer(FIRST_REQUEST_MILLIS_MAX, _ -> connection.close());
      silent.put(connection, timer);
      connection.closeHandler(_ -> heardFrom(connection));
    }

    private void requested(HttpServerRequest request) {
      heardFrom(request.connection());
    }

    private void heardFrom(HttpConnection connection) {
      var timer = silent.remove(connection);
      if (timer != null) {
        vertx.cancelTimer(timer);
      }
    }
  }
}
