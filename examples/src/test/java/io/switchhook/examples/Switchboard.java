package io.switchhook.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.OpenSources;
import io.switchhook.runtime.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A whole server that may call loopback, and a client of it. */
final class Switchboard implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "a key of more than thirty-two characters";

  private final Server server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Switchboard(Server server) {
    this.server = server;
  }

  static Switchboard start(Path folder) throws IOException {
    var file = folder.resolve("switchhook.yaml");
    Files.writeString(
        file,
        """
        server: {port: 0}
        targets: {allowed-networks: ["127.0.0.0/8"]}
        data: {directory: "%s", minimum-free: 1MB}
        sources:
          - {type: myoperator, name: account, header: "x-switchhook-token: abc123def", tell-as: v2}
        """
            .formatted(folder.resolve("data")));
    return switch (SettingsReader.read(SettingsSources.ofFile(file), OpenSources.checks())) {
      case SettingsResult.Complete(var settings) ->
          new Switchboard(Server.start(settings, Map.of("SWITCHHOOK_ADMIN_KEY", KEY)));
      case SettingsResult.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  /** Adds a webhook and gives its id. */
  String addWebhook(String json) throws IOException, InterruptedException {
    return done("POST", "/webhooks", json).path("id").asText();
  }

  /** Takes call logs. */
  void take(List<String> logs) throws IOException, InterruptedException {
    done("POST", "/events", "[" + String.join(",", logs) + "]");
  }

  /** Takes an event of a MyOperator account, which is told as one of the second generation. */
  void takeFromAccount(String event) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/in/account"))
            .timeout(PATIENCE)
            .header("x-switchhook-token", "abc123def")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** What a webhook's receiver answers to a sample: the status. */
  int statusOfTest(String webhook) throws IOException, InterruptedException {
    return done("POST", "/webhooks/" + webhook + "/test", "").at("/answer/status").asInt();
  }

  /** Waits until all events of this call were delivered to its one webhook. */
  void awaitDelivered(String uid, int events) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var deliveries = done("GET", "/deliveries?uid=" + uid, "").path("deliveries");
      if (deliveries.size() == events
          && deliveries
              .valueStream()
              .allMatch(it -> it.path("outcome").asText().equals("delivered"))) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("not within " + PATIENCE + ": " + deliveries);
      }
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }

  private JsonNode done(String method, String path, String body)
      throws IOException, InterruptedException {
    var url = "http://127.0.0.1:" + server.port() + "/api/v1/companies/default" + path;
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    return JSON.readTree(answer.body());
  }
}
