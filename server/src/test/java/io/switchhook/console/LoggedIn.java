package io.switchhook.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.config.Settings;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.OpenSources;
import io.switchhook.runtime.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server with a folder of its own, and somebody who has logged in to its console. */
public final class LoggedIn implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final String adminKey;
  private Server server;
  private String cookie;

  /**
   * Starts the server and logs in with its first admin key.
   *
   * @param sources what stands below {@code sources} in the settings, in YAML; {@code []} for none
   */
  public LoggedIn(Path folder, String sources) {
    this.folder = folder;
    server = Server.start(settings(folder, sources), Map.of());
    adminKey = server.firstAdminKey().orElseThrow();
    cookie = cookieOf(adminKey);
  }

  private static Settings settings(Path folder, String sources) {
    var file = folder.resolve("switchhook.yaml");
    try {
      Files.writeString(file, "sources: " + sources + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    var overrides =
        Map.of(
            "server.bind", List.of("127.0.0.1"),
            "server.port", List.of("0"),
            "data.directory", List.of(folder.resolve("data").toString()),
            "data.minimum-free", List.of("1MB"));
    var read =
        SettingsReader.read(
            new SettingsSources(file, Map.of(), overrides, Map.of()), OpenSources.checks());
    return switch (read) {
      case SettingsResult.Complete(var complete) -> complete;
      case SettingsResult.Mistaken(var mistakes) ->
          throw new IllegalStateException(mistakes.getFirst().sentence());
    };
  }

  /** Stops the server, starts it again with these sources, and logs in again. */
  public void restart(String sources) {
    server.close();
    server = Server.start(settings(folder, sources), Map.of());
    cookie = cookieOf(adminKey);
  }

  /** The admin key that the first start printed. */
  public String adminKey() {
    return adminKey;
  }

  /** Where the server listens. */
  public int port() {
    return server.port();
  }

  /** The session's cookie. */
  public String cookie() {
    return cookie;
  }

  /** Goes on as the holder of this key. */
  public void logInWith(String key) {
    cookie = cookieOf(key);
  }

  private String cookieOf(String key) {
    var answer =
        send(
            HttpRequest.newBuilder(uri("/console/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("key=" + encoded(key))));
    assertThat(answer.statusCode()).isEqualTo(303);
    var header = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return header.substring(0, header.indexOf(';'));
  }

  /** A page of the company {@code default}. */
  public HttpResponse<String> get(String path) {
    return send(page(path));
  }

  /** What htmx is answered when it asks for a page. */
  public HttpResponse<String> getPart(String path) {
    return send(page(path).header("HX-Request", "true"));
  }

  private HttpRequest.Builder page(String path) {
    return HttpRequest.newBuilder(uri("/console/c/default" + path)).header("Cookie", cookie);
  }

  /** Sends a form of a page. */
  public HttpResponse<String> post(String path, Map<String, String> fields) {
    var form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        page(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Where a form's answer leads, as a path of the company. */
  public static String location(HttpResponse<?> answer) {
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst("^/console/c/[^/]+", "");
  }

  /** A request to the API, as admin. */
  public JsonNode api(String method, String path, String body) {
    var answer =
        send(
            HttpRequest.newBuilder(uri("/api/v1" + path))
                .header("Authorization", "Bearer " + adminKey)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
    try {
      return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(answer.body(), e);
    }
  }

  /** A request that needs no login. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An address of this server. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
