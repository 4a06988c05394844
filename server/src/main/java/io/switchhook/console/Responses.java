package io.switchhook.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes answers, with the headers that keep a browser from doing what our pages do not need. */
final class Responses {
  /** Scripts, styles and connections of our own only; nothing inline; no strings become scripts. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
          + " require-trusted-types-for 'script'; trusted-types default";

  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private Responses() {}

  /** Writes an answer; of one that comes in parts only its head. */
  static void write(RoutingContext context, ConsoleAnswer answer) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    switch (answer) {
      case ConsoleAnswer.Whole whole -> write(context, whole, whole.status());
      case ConsoleAnswer.Parts(var contentType, var headers, _) -> {
        secure(response).setChunked(true).putHeader("Cache-Control", "no-store");
        headers.forEach(response::putHeader);
        response.putHeader("Content-Type", contentType);
      }
    }
  }

  /** The same with another status. */
  static void write(RoutingContext context, ConsoleAnswer.Whole answer, int status) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    secure(response).setStatusCode(status).putHeader("Cache-Control", "no-store");
    answer.headers().forEach(response::putHeader);
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    response.end(Buffer.buffer(answer.body().array()));
  }

  /** A file, compressed when the browser takes that. */
  static void write(RoutingContext context, Assets.Asset asset) {
    var accepted = context.request().getHeader("Accept-Encoding");
    var isCompressed = accepted != null && accepted.contains("gzip");
    var response = secure(context.response());
    if (isCompressed) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("Cache-Control", FOR_GOOD)
        .putHeader("Content-Type", asset.contentType())
        .end(Buffer.buffer((isCompressed ? asset.gzip() : asset.plain()).array()));
  }

  private static HttpServerResponse secure(HttpServerResponse response) {
    return response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        // Not no-referrer: a form's Origin would then be "null", and over plain HTTP nothing else
        // says
        // that it is ours.
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
