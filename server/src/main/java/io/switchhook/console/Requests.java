package io.switchhook.console;

import io.switchhook.admin.BodyReader;
import io.switchhook.event.Bytes;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads what requests of the console carry. */
final class Requests {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Vertx vertx;

  Requests(Vertx vertx) {
    this.vertx = vertx;
  }

  Vertx vertx() {
    return vertx;
  }

  /** The event loop that this is called on. */
  Context context() {
    return vertx.getOrCreateContext();
  }

  /** Goes on with the form that a request brings; refuses what is none. */
  void form(RoutingContext context, Consumer<MultiMap> next) {
    var request = context.request();
    if (!request.method().equals(HttpMethod.POST)) {
      next.accept(MultiMap.caseInsensitiveMultiMap());
      return;
    }
    var type =
        Objects.requireNonNullElse(request.getHeader("Content-Type"), FORM)
            .toLowerCase(Locale.ROOT);
    if (!type.startsWith(FORM)) {
      refuse(context, 415, "A form is expected: " + FORM + ".");
      return;
    }
    BodyReader.read(
            vertx, request, new BodyReader.Limits(FormReader.SIZE_MAX, BodyReader.BODY_MILLIS_MAX))
        .onSuccess(
            read -> {
              switch (read) {
                case BodyReader.Read.Whole(var body) ->
                    FormReader.read(body)
                        .ifPresentOrElse(
                            next, () -> refuse(context, 400, "The form cannot be read."));
                case BodyReader.Read.TooLarge(int sizeMax) ->
                    refuse(context, 413, "A form has at most " + sizeMax + " bytes.");
                case BodyReader.Read.TooSlow() -> refuse(context, 408, "The form came too slowly.");
                case BodyReader.Read.Broken() -> {}
              }
            });
  }

  private static void refuse(RoutingContext context, int status, String words) {
    Responses.write(
        context,
        new ConsoleAnswer.Whole(
            status,
            "text/plain; charset=utf-8",
            Map.of("Connection", "close"),
            Bytes.utf8(words + " Nothing was changed.\n")));
  }
}
