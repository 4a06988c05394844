package io.switchhook.testkit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchhook.bench.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The API of a server for its company {@code default}, as a sender uses it. */
public final class Api implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the server answered. */
  public record Answered(int status, JsonNode body) {}

  /** Sends JSON. */
  public Answered post(String server, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(server, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** Reads JSON. */
  public Answered get(String server, String path) throws IOException, InterruptedException {
    return send(request(server, path).build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static HttpRequest.Builder request(String server, String path) {
    return HttpRequest.newBuilder(URI.create(server + "/api/v1/companies/default" + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + ServerProcess.ADMIN_KEY);
  }

  private Answered send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return new Answered(answer.statusCode(), JSON.readTree(answer.body()));
  }
}
