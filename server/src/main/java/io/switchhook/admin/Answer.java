package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.event.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a request is answered with.
 *
 * @param headers beside {@code Content-Type} and {@code Content-Length}
 */
record Answer(int status, String contentType, Map<String, String> headers, Bytes body) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  Answer {
    headers = Map.copyOf(headers);
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
    return new Answer(status, contentType, more, body);
  }

  CompletionStage<Answer> now() {
    return CompletableFuture.completedStage(this);
  }
}
