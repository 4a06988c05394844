package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.NeedsPart;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Real calls on a real Asterisk: what its receivers are told of each, from the first state to the
 * last. The calls of all stories are begun at once, each with a number of its own.
 */
@NeedsPart("asterisk")
@Execution(ExecutionMode.SAME_THREAD)
class RealAsteriskTest {
  private static final String KEY = "a key of more than thirty-two characters";
  private static final String ANSWERS = "+919711636411";
  private static final String RINGS = "+919711636421";
  private static final String BUSY = "+919711636431";
  private static final String DECLINES = "+919711636441";
  private static final String HANGS_UP = "+919711636451";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @TempDir static Path folder;
  private static final List<JsonNode> TOLD = new CopyOnWriteArrayList<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static LabAsterisk asterisk;
  private static HttpServer receiver;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    // A short path: the control socket's name may have about a hundred characters.
    asterisk = new LabAsterisk(Files.createTempDirectory("lab"));
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var form = URLDecoder.decode(body, StandardCharsets.UTF_8);
          TOLD.add(JSON.readTree(form.substring(form.indexOf('=') + 1)));
          synchronized (TOLD) {
            TOLD.notifyAll();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    server = startServer();
    post(
        "/webhooks",
        "{\"name\":\"all\",\"trigger\":\"in_call\",\"target_url\":\"http://127.0.0.1:"
            + receiver.getAddress().getPort()
            + "/\"}");
    until(() -> get("/sources/lab"), source -> source.path("state").asText().equals("connected"));
  }

  private static Server startServer() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("switchhook.yaml"),
            """
            server: {port: 0}
            data: {directory: "%s", minimum-free: 1MB}
            targets: {allowed-networks: [127.0.0.0/8]}
            sources:
              - type: asterisk
                name: lab
                host: 127.0.0.1
                port: %d
                username: switchhook
                secret: "${LAB_SECRET}"
                ping-interval: 1s
                user-channels: ["PJSIP/agent*"]
                trunks: ["PJSIP/carrier"]
                after-call-delay: 0s
                originate:
                  user: "PJSIP/agent{extension}"
                  customer: "PJSIP/{number}@carrier"
                  caller-id: "9000000001"
                  click-to-call-context: c2c
                  ivr: {5ee9a795b318a786: "obd,s,1"}
                  timeout: 2s
                  allowed-numbers: ["+91971163*"]
                  calls-per-minute: 60
                users-file: users.csv
            """
                .formatted(folder.resolve("data"), asterisk.amiPort()));
    var users = new StringBuilder("id,name,extension\n");
    for (var extension :
        List.of(
            "101", "102", "104", "105", "106", "107", "108", "109", "201", "202", "203", "204",
            "205", "206", "301", "401", "501", "502", "601")) {
      users.append("u%s,Agent %s,%s\n".formatted(extension, extension, extension));
    }
    Files.writeString(folder.resolve("users.csv"), users);
    var read =
        SettingsReader.read(
            new SettingsSources(
                file, Map.of(), Map.of(), Map.of("LAB_SECRET", "lab-only-switchhook")),
            OpenSources.checks());
    assertThat(read).isInstanceOf(SettingsResult.Complete.class);
    return Server.start(
        ((SettingsResult.Complete) read).settings(), Map.of("SWITCHHOOK_ADMIN_KEY", KEY));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (receiver != null) {
      receiver.stop(0);
    }
    if (asterisk != null) {
      asterisk.close();
    }
  }

  @Test
  void everyStoryIsToldInOrder() throws Exception {
    var _ = asterisk.call("uac_talk", "919711630001", "9000000001", 800);
    var _ = asterisk.call("uac_talk", "919711630002", "9000000002", 800);
    var _ = asterisk.call("uac_cancel", "919711630003", "9000000003", 1000);
    var _ = asterisk.call("uac_talk", "919711630004", "9000000004", 5000);
    var _ = asterisk.call("uac_talk", "919711630005", "9000000005", 5000);
    var _ = asterisk.call("uac_wait", "agent601", "919711636451", 0);
    var answered =
        startCall("{\"type\":\"click_to_call\",\"user\":\"u101\",\"number\":\"" + HANGS_UP + "\"}");
    var rejected =
        startCall("{\"type\":\"click_to_call\",\"user\":\"401\",\"number\":\"" + ANSWERS + "\"}");
    var notPicked =
        startCall("{\"type\":\"click_to_call\",\"user\":\"u201\",\"number\":\"" + ANSWERS + "\"}");
    var busy =
        startCall("{\"type\":\"click_to_call\",\"user\":\"u101\",\"number\":\"" + BUSY + "\"}");
    var declined =
        startCall("{\"type\":\"click_to_call\",\"user\":\"u101\",\"number\":\"" + DECLINES + "\"}");
    var obd =
        startCall(
            "{\"type\":\"obd\",\"public_ivr_id\":\"5ee9a795b318a786\",\"number\":\""
                + ANSWERS
                + "\"}");
    var obdRings =
        startCall(
            "{\"type\":\"obd\",\"public_ivr_id\":\"5ee9a795b318a786\",\"number\":\""
                + RINGS
                + "\"}");
    asterisk.act(
        "Action",
        "BlindTransfer",
        "Channel",
        asterisk.awaitUp("PJSIP/agent105"),
        "Context",
        "agents",
        "Exten",
        "101");

    assertThat(storyOfCaller("919711630001")).isEqualTo("1 5[201] 5[101] 6[101] 2=1");
    assertThat(storyOfCaller("919711630002")).isEqualTo("1 5[202] 5[203] 2=2");
    assertThat(storyOfCaller("919711630003")).isEqualTo("1 5[205] 2=2");
    assertThat(storyOfCaller("919711630004")).isEqualTo("1 5[204] 5[104] 6[104] 2=1");
    assertThat(storyOfCaller("919711630005")).isEqualTo("1 5[105] 6[105] 5[101] 6[101] 2=1");
    assertThat(storyOf(answered)).isEqualTo("3[101] 6[101] 2=1");
    assertThat(storyOf(rejected)).isEqualTo("3[401] 9[401]=2");
    assertThat(storyOf(notPicked)).isEqualTo("3[201] 9[201]=2");
    assertThat(storyOf(busy)).isEqualTo("3[101] 7[101]=2");
    assertThat(storyOf(declined)).isEqualTo("3[101] 7[101]=2");
    assertThat(storyOf(obd)).isEqualTo("1 5[501] 6[501] 2=1");
    assertThat(storyOf(obdRings)).isEqualTo("4=2");
    assertThat(storyWhere(log -> users(log).equals("601"))).isEqualTo("3[601] 6[601] 2=1");
  }

  /**
   * The server is away, and then Asterisk is frozen, while people talk: the call still ends with
   * one final state.
   */
  @Test
  void callThatOutlivesTheServerAndAFrozenAsteriskEndsOnce() throws Exception {
    var caller = asterisk.call("uac_talk", "919711630008", "9000000008", 9_000);
    asterisk.awaitUp("PJSIP/agent108");
    until(() -> get("/calls?number=919711630008"), it -> it.toString().contains("\"state\":6"));
    server.close();
    server = startServer();
    until(RealAsteriskTest::source, it -> it.path("state").asText().equals("connected"));
    asterisk.freeze();
    until(RealAsteriskTest::source, it -> it.path("state").asText().equals("deaf"));
    asterisk.thaw();
    assertThat(caller.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

    assertThat(storyOfCaller("919711630008")).isEqualTo("1 5[108] 6[108] 2=1");
  }

  @Test
  void callThatEndsWhileTheServerIsAwayIsEndedAfterwards() throws Exception {
    var caller = asterisk.call("uac_talk", "919711630009", "9000000009", 60_000);
    asterisk.awaitUp("PJSIP/agent109");
    until(() -> get("/calls?number=919711630009"), it -> it.toString().contains("\"state\":6"));
    server.close();
    asterisk.hangUp("PJSIP/agent109");
    assertThat(caller.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    server = startServer();

    assertThat(storyOfCaller("919711630009")).isEqualTo("1 5[109] 6[109] 2=1");
  }

  @Test
  void attendedTransfersAreToldWhenTheyAreCompletedAndWhenTheyAreGivenUp() throws Exception {
    var _ = asterisk.call("uac_talk", "919711630006", "9000000006", 12_000);
    var _ = asterisk.call("uac_talk", "919711630007", "9000000007", 9_000);
    var completes = asterisk.awaitUp("PJSIP/agent106");
    var givesUp = asterisk.awaitUp("PJSIP/agent107");
    asterisk.act("Action", "Atxfer", "Channel", completes, "Context", "agents", "Exten", "102");
    asterisk.act("Action", "Atxfer", "Channel", givesUp, "Context", "agents", "Exten", "206");
    asterisk.awaitUp("PJSIP/agent102");
    asterisk.hangUp("PJSIP/agent106");

    assertThat(storyOfCaller("919711630006")).isEqualTo("1 5[106] 6[106] 5[102] 6[102] 2=1");
    // Whether a consultation that came to nothing is told as ringing is the mapping's to say.
    assertThat(storyOfCaller("919711630007"))
        .startsWith("1 5[107] 6[107]")
        .doesNotContain("6[206]")
        .endsWith(" 2=1");
  }

  @Test
  void trialSaysInWordsWhatItFound() {
    var trial = post("/sources/lab/test", "{}");

    assertThat(trial.path("passed").asBoolean()).as(trial.toString()).isTrue();
    assertThat(trial.toString())
        .contains("Connected to 127.0.0.1")
        .contains("lab1 (systemname)")
        .contains("write has originate");
  }

  private static JsonNode source() {
    return get("/sources/lab");
  }

  private static String startCall(String body) throws Exception {
    return post("/calls", body).path("uid").asText();
  }

  private static String storyOf(String uid) throws Exception {
    return storyWhere(log -> log.path("uid").asText().equals(uid));
  }

  private static String storyOfCaller(String number) throws Exception {
    return storyWhere(log -> log.path("clid_raw").asText().equals(number));
  }

  /** The states of the call one of whose logs is such, once it is over. */
  private static String storyWhere(Predicate<JsonNode> isOfIt) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var uid = TOLD.stream().filter(isOfIt).findFirst().map(it -> it.path("uid").asText());
      var logs =
          TOLD.stream()
              .filter(it -> uid.isPresent() && it.path("uid").asText().equals(uid.get()))
              .toList();
      if (!logs.isEmpty() && !logs.getLast().path("status").isNull()) {
        return String.join(" ", logs.stream().map(RealAsteriskTest::shown).toList());
      }
      if (System.nanoTime() > until) {
        return "not over: " + logs.stream().map(RealAsteriskTest::shown).toList();
      }
      synchronized (TOLD) {
        TOLD.wait(50);
      }
    }
  }

  private static String shown(JsonNode log) {
    var users = users(log);
    var status = log.path("status");
    return log.path("call_state").asText()
        + (users.isEmpty() ? "" : "[" + users + "]")
        + (status.isNull() ? "" : "=" + status.asText());
  }

  private static String users(JsonNode log) {
    var users = new ArrayList<String>();
    log.path("users").forEach(it -> users.add(it.asText()));
    return String.join(",", users);
  }

  private static JsonNode get(String path) {
    return send("GET", path, "");
  }

  private static JsonNode post(String path, String body) {
    return send("POST", path, body);
  }

  private static JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + server.port() + "/api/v1/companies/default" + path))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void until(java.util.function.Supplier<JsonNode> read, Predicate<JsonNode> awaited)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!awaited.test(read.get())) {
      assertThat(System.nanoTime()).as(read.get().toString()).isLessThan(until);
      synchronized (TOLD) {
        TOLD.wait(50);
      }
    }
  }
}
