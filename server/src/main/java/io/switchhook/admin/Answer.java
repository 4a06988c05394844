package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.event.Bytes;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param headers beside {@code Content-Type} and {@code Content-Length}
 * @param stream writes the body, and ends it some time; null when {@code body} is all of it. Called
 *     on an event loop: must not block
 */
record Answer(
    int status,
    String contentType,
    Map<String, String> headers,
    Bytes body,
    @Nullable Consumer<HttpServerResponse> stream) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  Answer {
    headers = Map.copyOf(headers);
  }

  Answer(int status, String contentType, Map<String, String> headers, Bytes body) {
    this(status, contentType, headers, body, null);
  }

  static Answer stream(String contentType, Consumer<HttpServerResponse> stream) {
    return new Answer(200, contentType, Map.of(), Bytes.empty(), stream);
  }

  static Answer json(int status, JsonNode json) {
    return new Answer(status, JSON, Map.of(), Bytes.utf8(json.toString()));
  }

  static Answer text(int status, String contentType, String text) {
    return new Answer(status, contentType, Map.of(), Bytes.utf8(text));
  }

  static Answer nothing() {
    return new Answer(204, "", Map.of(), Bytes.empty());
  }

  static Answer problem(Problem problem) {
    return new Answer(
        problem.type().status(), PROBLEM, Map.of(), Bytes.utf8(problem.json().toString()));
  }

  static Answer problem(ProblemType type, String detail) {
    return problem(Problem.of(type, detail));
  }

  Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, more, body, stream);
  }

  CompletionStage<Answer> now() {
    return CompletableFuture.completedStage(this);
  }
}
