package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.telemetry.Telemetry;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Health, metrics and the description of the API: open to everybody who can reach the port. */
final class OperationRoutes {
  private final Telemetry telemetry;
  private final Supplier<List<String>> unreadiness;
  private final Blocking blocking;
  private final String openApi = openApi();

  OperationRoutes(Telemetry telemetry, Supplier<List<String>> unreadiness, Blocking blocking) {
    this.telemetry = telemetry;
    this.unreadiness = unreadiness;
    this.blocking = blocking;
  }

  List<Route> routes() {
    return List.of(
        route("/health/live", _ -> live()),
        route("/health/ready", _ -> ready()),
        route("/metrics", _ -> metrics()),
        route("/openapi.json", _ -> Answer.text(200, Answer.JSON, openApi).now()));
  }

  private static Route route(String path, Route.Handler handler) {
    return new Route(HttpMethod.GET, path, Route.Access.PUBLIC, Route.Intake.NOTHING, handler);
  }

  private static CompletionStage<Answer> live() {
    return Answer.json(200, JsonNodeFactory.instance.objectNode().put("status", "live")).now();
  }

  private CompletionStage<Answer> ready() {
    var reasons = unreadiness.get();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("status", reasons.isEmpty() ? "ready" : "not_ready");
    if (!reasons.isEmpty()) {
      reasons.forEach(json.putArray("reasons")::add);
    }
    return Answer.json(reasons.isEmpty() ? 200 : 503, json).now();
  }

  /** Gauges may ask a store, so not on an event loop. */
  private CompletionStage<Answer> metrics() {
    return blocking.run(
        () -> Answer.text(200, Telemetry.PROMETHEUS_CONTENT_TYPE, telemetry.prometheusText()));
  }

  private static String openApi() {
    try (var stream =
        Objects.requireNonNull(
            OperationRoutes.class.getResourceAsStream("openapi.json"), "openapi.json")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.json of our own jar", e);
    }
  }
}
