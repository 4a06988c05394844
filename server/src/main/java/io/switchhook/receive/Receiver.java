package io.switchhook.receive;

import io.switchhook.calllog.Undress;
import io.switchhook.calllog.Undressed;
import io.switchhook.calllog.WebRequest;
import io.switchhook.event.Bytes;
import io.switchhook.receive.Answer.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A web server that takes webhooks at every path, GET and POST, tells what came, and answers by its
 * script. What does not prove itself is refused (401), and so is what cannot be read (400) or is
 * too large (413); none of these uses an answer of the script up.
 */
public final class Receiver implements AutoCloseable {
  /** The largest body that is taken, in bytes. */
  public static final int BODY_BYTES_MAX = 1024 * 1024;

  /** Hears of each request. */
  @FunctionalInterface
  public interface Listener {
    /** Called on the server's thread before the answer is sent; must return soon. */
    void received(Reception reception);
  }

  private final ReceiverSettings settings;
  private final Listener listener;
  private final CarryOutAnswer carryOut;
  private final HttpServer server;

  private Receiver(Vertx vertx, ReceiverSettings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.carryOut = new CarryOutAnswer(vertx);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(settings.host()))
            .requestHandler(this::take);
  }

  /**
   * Starts a receiver and waits until it listens. Not to be called on an event loop.
   *
   * @throws ReceiverException when the port is taken or may not be used
   */
  public static Receiver start(Vertx vertx, ReceiverSettings settings, Listener listener) {
    var receiver = new Receiver(vertx, settings, listener);
    var failure = waitFor(receiver.server.listen(settings.port()));
    if (failure != null) {
      throw new ReceiverException(
          failure instanceof BindException
              ? "port " + settings.port() + " is taken; name another with --port"
              : "cannot listen on port " + settings.port() + ": " + failure.getMessage(),
          failure);
    }
    return receiver;
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Where it listens, with a path to begin with. */
  public URI url() {
    return URI.create("http://" + settings.host() + ":" + port() + "/webhook");
  }

  /** Stops listening and breaks what is open. Safe to call twice. */
  @Override
  public void close() {
    var _ = waitFor(server.close());
  }

  private void take(HttpServerRequest request) {
    var body = Buffer.buffer();
    request.handler(
        part -> {
          // What is too much is read and thrown away, so that the sender hears the answer.
          if (body.length() <= BODY_BYTES_MAX) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(_ -> answer(request, body.getBytes()));
  }

  private void answer(HttpServerRequest request, byte[] body) {
    if (!settings.proof().isShownBy(request.headers()::get)) {
      finish(request, body, null, new Status(401, null));
      return;
    }
    if (!isTaken(request.method())) {
      finish(request, body, null, new Status(405, null));
      return;
    }
    if (body.length > BODY_BYTES_MAX) {
      finish(request, body, null, new Status(413, null));
      return;
    }
    var told = Undress.of(webRequest(request, body));
    var answer =
        told instanceof Undressed.Unreadable ? new Status(400, null) : settings.script().next();
    finish(request, body, told, answer);
  }

  private void finish(
      HttpServerRequest request, byte[] body, @Nullable Undressed told, Answer answer) {
    listener.received(
        new Reception(
            settings.clock().instant(),
            request.method().name(),
            request.path() == null ? "" : request.path(),
            query(request),
            headers(request),
            Bytes.wrap(body),
            told,
            answer));
    carryOut.to(request, answer, told);
  }

  private static boolean isTaken(HttpMethod method) {
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.POST);
  }

  private static WebRequest webRequest(HttpServerRequest request, byte[] body) {
    var contentType = request.getHeader("Content-Type");
    return new WebRequest(
        request.method().name(), query(request), contentType == null ? "" : contentType, body);
  }

  private static String query(HttpServerRequest request) {
    return request.query() == null ? "" : request.query();
  }

  private static Map<String, String> headers(HttpServerRequest request) {
    var headers = new HashMap<String, String>();
    for (var header : request.headers()) {
      headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  private static @Nullable Throwable waitFor(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }
}
