package io.switchhook.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.config.Settings;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.OpenSources;
import io.switchhook.runtime.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A server with a folder of its own, and its API. */
final class Installation implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Short pauses only: however slow the browser is, a receiver that is mended is soon tried. */
  private static final List<String> RETRY_SCHEDULE = Collections.nCopies(20, "1s");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Settings settings;
  private final String key;
  private Server server;

  Installation(Path folder) {
    this(folder, "[]");
  }

  /**
   * With sources.
   *
   * @param sources what stands below {@code sources} in the settings, in YAML
   */
  Installation(Path folder, String sources) {
    var file = folder.resolve("switchhook.yaml");
    write(file, "sources: " + sources.strip() + "\n");
    var overrides =
        Map.of(
            "server.bind", List.of("127.0.0.1"),
            "server.port", List.of("0"),
            "data.directory", List.of(folder.resolve("data").toString()),
            "data.minimum-free", List.of("1MB"),
            "delivery.retry-schedule", RETRY_SCHEDULE,
            "targets.allowed-networks", List.of("127.0.0.0/8"));
    this.settings =
        switch (SettingsReader.read(
            new SettingsSources(file, Map.of(), overrides), OpenSources.checks())) {
          case SettingsResult.Complete(var complete) -> complete;
          case SettingsResult.Mistaken(var mistakes) ->
              throw new IllegalStateException(mistakes.getFirst().sentence());
        };
    this.server = Server.start(settings, Map.of());
    this.key = server.firstAdminKey().orElseThrow();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The admin key that the first start printed. */
  String key() {
    return key;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Adds a webhook of the default company; returns its id. */
  String addWebhook(String name, String trigger, URI target) {
    var webhook = JSON.createObjectNode();
    webhook.put("name", name).put("trigger", trigger).put("target_url", target.toString());
    return api("POST", "/webhooks", webhook).path("id").asText();
  }

  /** Hands logs in; returns when they are durable. */
  void send(JsonNode log) {
    api("POST", "/events", log);
  }

  /** A request to the API about the default company. */
  JsonNode api(String method, String path, JsonNode body) {
    var request =
        HttpRequest.newBuilder(URI.create(url("/api/v1/companies/default" + path)))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isMissingNode()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API answered something that is no JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops the server and starts it again, on another port. */
  void restart() {
    server.close();
    server = Server.start(settings, Map.of());
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
