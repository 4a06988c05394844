package io.switchhook.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A server that answers as it is told and remembers what it was asked. */
final class FakeApi implements AutoCloseable {
  /** One request as it came. */
  record Asked(
      String line, String authorization, String contentType, String ifMatch, String body) {}

  private record Scripted(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Queue<Scripted>> answers = new HashMap<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next request of this kind so; the last answer is repeated. */
  FakeApi on(String methodAndPath, int status, String body) {
    answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).add(new Scripted(status, body));
    return this;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      asked.add(
          new Asked(
              line,
              String.valueOf(headers.getFirst("Authorization")),
              String.valueOf(headers.getFirst("Content-Type")),
              String.valueOf(headers.getFirst("If-Match")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      var answer = next(line);
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.getResponseHeaders().add("ETag", "\"7\"");
      exchange.getResponseHeaders().add("Retry-After", "0");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private synchronized Scripted next(String line) {
    var path = line.contains("?") ? line.substring(0, line.indexOf('?')) : line;
    var scripted = answers.getOrDefault(line, answers.getOrDefault(path, new ArrayDeque<>()));
    var answer = scripted.size() > 1 ? scripted.remove() : scripted.peek();
    return answer != null
        ? answer
        : new Scripted(
            404,
            "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,\"detail\":\"There is no such thing.\"}");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
