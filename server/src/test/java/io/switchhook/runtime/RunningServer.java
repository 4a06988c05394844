package io.switchhook.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.config.Settings;
import io.switchhook.config.SourceSection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A whole server on a folder, that may be started again, and a client of it. */
final class RunningServer implements AutoCloseable {
  static final String ADMIN_KEY = "a key of more than thirty-two characters";
  static final long MINIMUM_FREE_BYTES = 1L << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final List<Duration> retrySchedule;
  private final Duration retention;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private List<SourceSection> sources;
  private Server server;

  RunningServer(Path folder, List<Duration> retrySchedule) {
    this(folder, retrySchedule, Duration.ofDays(30), List.of());
  }

  RunningServer(Path folder, List<Duration> retrySchedule, Duration retention) {
    this(folder, retrySchedule, retention, List.of());
  }

  RunningServer(Path folder, List<Duration> retrySchedule, List<SourceSection> sources) {
    this(folder, retrySchedule, Duration.ofDays(30), sources);
  }

  private RunningServer(
      Path folder, List<Duration> retrySchedule, Duration retention, List<SourceSection> sources) {
    this.folder = folder;
    this.retention = retention;
    this.retrySchedule = retrySchedule;
    this.sources = sources;
    this.server = started(MINIMUM_FREE_BYTES);
  }

  /** Stops the server and starts it again, wanting so many bytes free on the disk. */
  void restart(long minimumFreeBytes) {
    restart(minimumFreeBytes, () -> {});
  }

  /** The same, doing something while it is stopped. */
  void restart(long minimumFreeBytes, Runnable meanwhile) {
    server.close();
    meanwhile.run();
    server = started(minimumFreeBytes);
  }

  /** Stops the server and starts it again with other sources. */
  void restart(List<SourceSection> otherSources) {
    server.close();
    sources = otherSources;
    server = started(MINIMUM_FREE_BYTES);
  }

  /** Where it listens. */
  int port() {
    return server.port();
  }

  private Server started(long minimumFreeBytes) {
    var timesToLive =
        new Settings.TimeToLive(
            Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2));
    var settings =
        new Settings(
            new Settings.Server("127.0.0.1", 0),
            new Settings.Data(folder, retention, minimumFreeBytes, Duration.ofDays(1)),
            new Settings.Targets(List.of("127.0.0.0/8")),
            new Settings.Delivery(Duration.ofSeconds(5), retrySchedule, timesToLive, 64 << 20),
            sources);
    return Server.start(settings, Map.of("SWITCHHOOK_ADMIN_KEY", ADMIN_KEY));
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(method, path, body, ADMIN_KEY);
  }

  HttpResponse<String> send(String method, String path, String body, String key) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What a request that must not be refused is answered. */
  JsonNode done(String method, String path, String body) {
    var answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(method + " " + path + ": " + answer.body());
    }
    return json(answer.body());
  }

  JsonNode get(String path) {
    return done("GET", path, "");
  }

  /** Reads again and again until what is awaited is there. */
  JsonNode getUntil(String path, Predicate<JsonNode> awaited) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    var seen = get(path);
    while (!awaited.test(seen)) {
      if (System.nanoTime() > until) {
        throw new AssertionError("not within " + PATIENCE + ": " + seen);
      }
      seen = get(path);
    }
    return seen;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
