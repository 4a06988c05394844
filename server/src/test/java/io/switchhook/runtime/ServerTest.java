package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.config.Settings;
import io.switchhook.sqlite.DataFolderException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server, from a request to its API to a request at a receiver. */
class ServerTest {
  private static final String KEY = "a key of more than thirty-two characters";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer receiver;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var sequence = exchange.getRequestHeaders().getFirst("switchhook-sequence");
          var previous = exchange.getRequestHeaders().getFirst("switchhook-previous");
          received.add(
              sequence
                  + "<"
                  + previous
                  + " "
                  + exchange.getRequestURI().getQuery()
                  + " "
                  + body.length());
          var answer = answers.poll();
          exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
          exchange.close();
        });
    receiver.start();
    server = startServer();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void eventGoesFromTheApiToItsReceiverAndIsSeenInHistory() throws Exception {
    addWebhook("in_call");

    var taken = post("/events", log("call.1", "1"));

    assertThat(taken.path("accepted").path(0).path("sequence").asInt()).isEqualTo(1);
    assertThat(received.poll(10, TimeUnit.SECONDS)).startsWith("1<0 number=+919711636496 ");
    server.close();
    server = startServer();
    var call = get("/calls/call.1");
    assertThat(call.toString()).contains("\"delivered\"");
  }

  @Test
  void eventsOfACallArriveInOrderWhileTheFirstIsRetried() throws Exception {
    addWebhook("in_call");
    answers.add(503);

    post("/events", log("call.2", "1"));
    post("/events", log("call.2", "5"));
    post("/events", log("call.2", "2"));

    assertThat(List.of(next(), next(), next(), next())).containsExactly("1<0", "1<0", "2<1", "3<2");
  }

  @Test
  void whatWasAcceptedBeforeARestartIsToldAfterIt() throws Exception {
    addWebhook("in_call");
    for (int i = 0; i < 3; i++) {
      answers.add(500);
    }
    post("/events", log("call.3", "1"));
    assertThat(next()).isEqualTo("1<0");
    server.close();
    answers.clear();

    server = startServer();

    assertThat(next()).isEqualTo("1<0");
    post("/events", log("call.3", "2"));
    assertThat(next()).isEqualTo("2<1");
  }

  @Test
  void goneReceiverIsDisabled() throws Exception {
    var id = addWebhook("in_call");
    answers.add(410);

    post("/events", log("call.4", "1"));
    assertThat(next()).isEqualTo("1<0");

    var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    var state = "";
    while (!state.equals("disabled") && System.nanoTime() < until) {
      state = get("/webhooks/" + id).path("state").asText();
    }
    assertThat(state).isEqualTo("disabled");
  }

  @Test
  void secondServerOnTheSameFolderIsRefused() {
    assertThatThrownBy(this::startServer).isInstanceOf(DataFolderException.class);
  }

  private String next() throws InterruptedException {
    var line = received.poll(15, TimeUnit.SECONDS);
    assertThat(line).as("a request within 15 s").isNotNull();
    return line.substring(0, line.indexOf(' '));
  }

  private Server startServer() {
    var settings =
        new Settings(
            new Settings.Server("127.0.0.1", 0),
            new Settings.Data(data, Duration.ofDays(30), 1 << 20, Duration.ofHours(96)),
            new Settings.Targets(List.of("127.0.0.0/8")),
            new Settings.Delivery(
                Duration.ofSeconds(5),
                List.of(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300)),
                new Settings.TimeToLive(
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1)),
                64 << 20),
            List.of());
    return Server.start(settings, Map.of("SWITCHHOOK_ADMIN_KEY", KEY));
  }

  private String addWebhook(String trigger) throws Exception {
    var webhook =
        """
        {"name": "test", "trigger": "%s", "target_url": "http://127.0.0.1:%d/webhook.php",
         "query_parameters": [{"name": "number", "field": "clid_raw", "as": "e164"}]}
        """
            .formatted(trigger, receiver.getAddress().getPort());
    return post("/webhooks", webhook).path("id").asText();
  }

  private static String log(String uid, String state) {
    return """
    {"id":"5f25296c4122c135","uid":"%s","clid_raw":"919711636496","clid":"9711636496","call_state":"%s","event":"1"}
    """
        .formatted(uid, state);
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private JsonNode get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/companies/default" + path))
        .header("Authorization", "Bearer " + KEY);
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }
}
