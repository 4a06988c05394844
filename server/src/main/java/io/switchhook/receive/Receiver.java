package io.switchhook.receive;

import io.switchhook.event.Bytes;
import io.switchhook.receive.Answer.Status;
import io.switchhook.receiver.ReceivedRequest;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.ReceptionStore;
import io.switchhook.receiver.WebhookReceiver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
  public static final int BODY_BYTES_MAX = WebhookReceiver.BODY_BYTES_MAX;

  /** Hears of each request. */
  @FunctionalInterface
  public interface Listener {
    /** Called on the server's thread before the answer is sent; must return soon. */
    void received(Reception reception);
  }

  private final ReceiverSettings settings;
  private final Listener listener;
  private final CarryOutAnswer carryOut;
  private final WebhookReceiver receiver;
  private final HttpServer server;

  private Receiver(Vertx vertx, ReceiverSettings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.carryOut = new CarryOutAnswer(vertx);
    // Repeats are shown, not dropped: they are what one wants to see here.
    this.receiver =
        WebhookReceiver.of(settings.proof())
            .remembering(ReceptionStore.forgetful())
            .withClock(settings.clock());
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
    var came =
        receiver.receive(
            new ReceivedRequest(
                request.method().name(), request.query(), request.headers()::get, body));
    var answer = came instanceof Told ? settings.script().next() : new Status(came.status(), null);
    finish(request, body, came, answer);
  }

  private void finish(
      HttpServerRequest request,
      byte[] body,
      io.switchhook.receiver.Reception came,
      Answer answer) {
    listener.received(
        new Reception(
            settings.clock().instant(),
            request.method().name(),
            request.path() == null ? "" : request.path(),
            query(request),
            headers(request),
            Bytes.wrap(body),
            came,
            answer));
    carryOut.to(request, answer, came);
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
