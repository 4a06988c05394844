package io.switchhook.admin;

import io.switchhook.event.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a body up to a size and within a time; what is too much is never held. */
public final class BodyReader {
  /** A body that takes longer is cut: 1 MiB in this time is a slow modem. */
  public static final int BODY_MILLIS_MAX = 20_000;

  private BodyReader() {}

  /** How much is read, and for how long. */
  public record Limits(int sizeMax, int millisMax) {}

  /** What came of reading. */
  public sealed interface Read {
    record Whole(Bytes bytes) implements Read {}

    record TooLarge(int sizeMax) implements Read {}

    record TooSlow() implements Read {}

    /** The connection broke; nobody waits for an answer. */
    record Broken() implements Read {}
  }

  /** Called on the request's event loop, before anything of the body has come. */
  public static Future<Read> read(Vertx vertx, HttpServerRequest request, Limits limits) {
    int sizeMax = limits.sizeMax();
    var done = Promise.<Read>promise();
    var body = Buffer.buffer();
    if (declaredSize(request) > sizeMax) {
      return Future.succeededFuture(new Read.TooLarge(sizeMax));
    }
    long timer = vertx.setTimer(limits.millisMax(), _ -> done.tryComplete(new Read.TooSlow()));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > sizeMax) {
            done.tryComplete(new Read.TooLarge(sizeMax));
          } else if (!done.future().isComplete()) {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(_ -> done.tryComplete(new Read.Broken()));
    request.endHandler(_ -> done.tryComplete(new Read.Whole(Bytes.wrap(body.getBytes()))));
    return done.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private static long declaredSize(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      // The decoder has refused what is no number; this one does not fit into 64 bits.
      return Long.MAX_VALUE;
    }
  }
}
