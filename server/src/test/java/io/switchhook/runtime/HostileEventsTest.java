package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API takes, however odd, goes its whole way, and harms nobody else's events. */
class HostileEventsTest {
  private static final String KEY = "a key of more than thirty-two characters";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer receiver;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    server = startServer();
    post(
        "/webhooks",
        """
        {"name": "test", "trigger": "in_call", "body": "json", "target_url": "http://127.0.0.1:%d/"}
        """
            .formatted(receiver.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-01-01 00:00:00",
        "-999999999-01-01 00:00:00",
        "+292278995-01-01 00:00:00"
      })
  void logOfAnImpossibleTimeIsToldLikeAnyOther(String created) throws Exception {
    var log = "{\"uid\":\"odd\",\"call_state\":\"1\",\"created\":\"%s\"}".formatted(created);

    post("/events", log);

    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(log);
    assertServerGoesOn();
  }

  private void assertServerGoesOn() throws Exception {
    received.clear();
    post("/events", "{\"uid\":\"after\",\"call_state\":\"1\"}");
    assertThat(received.poll(10, TimeUnit.SECONDS)).contains("after");
    assertThat(server.broken().toCompletableFuture()).isNotDone();
  }

  private Server startServer() {
    var settings =
        new Settings(
            new Settings.Server("127.0.0.1", 0),
            new Settings.Data(data, Duration.ofDays(30), 1 << 20, Duration.ofHours(96)),
            new Settings.Targets(List.of("127.0.0.0/8")),
            new Settings.Delivery(
                Duration.ofSeconds(5),
                List.of(Duration.ofMillis(300)),
                new Settings.TimeToLive(
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1)),
                64 << 20),
            List.of());
    return Server.start(settings, Map.of("SWITCHHOOK_ADMIN_KEY", KEY));
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + server.port() + "/api/v1/companies/default" + path))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }
}
