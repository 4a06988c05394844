package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad request is refused with its reason and changes nothing, anywhere in the whole server. */
class BadInputTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String HOOKS = COMPANY + "/webhooks";
  private static final String EVENTS = COMPANY + "/events";

  @TempDir Path folder;
  private ScriptedReceiver receiver;
  private RunningServer server;
  private String hook = "";
  private String otherKey = "";

  /** A request and what its refusal must say. */
  private record Bad(
      String method, String path, String body, String key, int status, String words) {}

  @BeforeEach
  void start() throws IOException {
    receiver = new ScriptedReceiver();
    server = new RunningServer(folder, List.of(Duration.ofSeconds(2)));
    hook = HOOKS + "/" + server.done("POST", HOOKS, webhook("")).path("id").asText();
    server.done("POST", "/api/v1/companies", "{\"name\":\"acme\"}");
    otherKey = server.done("POST", "/api/v1/companies/acme/keys", "").path("key").asText();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void badRequestSaysWhyAndChangesNothing() throws Exception {
    server.done("POST", EVENTS, log("call.0", "\"1\""));
    assertThat(receiver.next()).isEqualTo("/hook #1");
    server.getUntil(
        COMPANY + "/deliveries",
        json -> json.at("/deliveries/0/outcome").asText().equals("delivered"));
    var before = everything();

    assertThat(badRequests().stream().flatMap(this::objection)).isEmpty();

    assertThat(everything()).isEqualTo(before);
    server.restart(RunningServer.MINIMUM_FREE_BYTES);
    assertThat(everything()).isEqualTo(before);
    // Whatever a bad request had put on its way would be heard before this.
    server.done("POST", EVENTS, log("call.0", "\"5\""));
    assertThat(receiver.next()).isEqualTo("/hook #2");
    assertThat(receiver.unread()).isZero();
  }

  /** What is wrong with a refusal; empty when it is as it must be. */
  private Stream<String> objection(Bad bad) {
    var answer = server.send(bad.method, bad.path, bad.body, bad.key);
    var type = answer.headers().firstValue("Content-Type").orElse("");
    var isRefusal =
        answer.statusCode() == bad.status
            && type.startsWith("application/problem+json")
            && answer.body().contains(bad.words);
    return isRefusal
        ? Stream.empty()
        : Stream.of(bad + " got " + answer.statusCode() + " " + type + " " + answer.body());
  }

  private List<Bad> badRequests() {
    var elsewhere = "http://127.0.0.2:" + receiver.port() + "/hook";
    var here = "http://127.0.0.1:" + receiver.port() + "/hook";
    var good = log("call.1", "\"1\"");
    return List.of(
        // Call logs: none of a request is taken when one of it is bad.
        bad("POST " + EVENTS, "{\"uid\":", 400, "JSON"),
        bad("POST " + EVENTS, "[" + good + "," + log("call.1", "{}") + "]", 422, "call_state"),
        bad("POST " + EVENTS, "[" + good + "," + log("", "\"1\"") + "]", 422, "uid"),
        bad("POST " + EVENTS, log("call.1", "\"17\""), 422, "call_state"),
        // Webhooks.
        bad("POST " + HOOKS, "{\"trigger\":", 400, "JSON"),
        bad("POST " + HOOKS, webhook(",\"timeout_seconds\":\"long\""), 422, "timeout_seconds"),
        bad("POST " + HOOKS, webhook(",\"colour\":\"red\""), 422, "colour"),
        bad("POST " + HOOKS, webhook(",\"headers\":[\"A: b\\r\\nC: d\"]"), 422, "headers"),
        bad(
            "POST " + HOOKS,
            to("http://10.0.0.1/hook").replace("••••", "s"),
            422,
            "targets.allowed-networks"),
        bad("PUT " + hook, webhook(",\"colour\":\"red\""), 422, "colour"),
        bad("PUT " + hook, to(elsewhere), 422, "basic_auth"),
        bad("PUT " + hook, to(here).replace("in_call", "sometimes"), 422, "trigger"),
        bad("DELETE " + HOOKS + "/wh_0000000000000000", "", 404, ""),
        // Keys and companies.
        new Bad("POST", EVENTS, good, "a key that nobody was ever given, and long", 401, "Bearer"),
        new Bad("POST", EVENTS, good, otherKey, 404, ""),
        new Bad("POST", HOOKS, webhook(""), otherKey, 404, ""),
        new Bad("DELETE", hook, "", otherKey, 404, ""),
        new Bad("POST", hook + "/test", "", otherKey, 404, ""),
        new Bad("POST", "/api/v1/companies", "{\"name\":\"mine\"}", otherKey, 403, "admin"),
        bad("POST /api/v1/companies", "{\"name\":\"default\"}", 409, "default"));
  }

  private static Bad bad(String line, String body, int status, String words) {
    var space = line.indexOf(' ');
    var path = line.substring(space + 1);
    return new Bad(line.substring(0, space), path, body, RunningServer.ADMIN_KEY, status, words);
  }

  @Test
  void fullDiskRefusesWhatComesAndStillTellsWhatWasAccepted() throws Exception {
    receiver.answers(503);
    server.done("POST", EVENTS, log("call.1", "\"1\""));
    assertThat(receiver.next()).isEqualTo("/hook #1");
    server.restart(Long.MAX_VALUE);

    var refused = server.send("POST", EVENTS, log("call.1", "\"5\""));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(receiver.next()).isEqualTo("/hook #1");
    server.restart(RunningServer.MINIMUM_FREE_BYTES);
    server.done("POST", EVENTS, log("call.1", "\"5\""));
    assertThat(receiver.next()).isEqualTo("/hook #2");
  }

  /** All that can be read, by its address. */
  private Map<String, JsonNode> everything() {
    var all = new TreeMap<String, JsonNode>();
    for (var path :
        List.of(
            "/api/v1/companies",
            "/api/v1/keys",
            COMPANY + "/keys",
            "/api/v1/companies/acme/keys",
            HOOKS,
            hook,
            "/api/v1/companies/acme/webhooks",
            COMPANY + "/calls",
            COMPANY + "/calls/call.0",
            COMPANY + "/deliveries",
            "/api/v1/companies/acme/calls",
            "/api/v1/companies/acme/deliveries")) {
      all.put(path, server.get(path));
    }
    return all;
  }

  private String webhook(String more) {
    var url = "http://127.0.0.1:" + receiver.port() + "/hook";
    var json = to(url).replace("••••", "secret");
    return json.substring(0, json.length() - 1) + more + "}";
  }

  /** A webhook whose password is the mark of a kept one. */
  private static String to(String url) {
    return "{\"trigger\":\"in_call\",\"basic_auth\":{\"username\":\"u\",\"password\":\"••••\"},"
        + "\"target_url\":\""
        + url
        + "\"}";
  }

  private static String log(String uid, String state) {
    return "{\"id\":\"5f25296c4122c135\",\"uid\":\""
        + uid
        + "\",\"clid\":\"9711636496\",\"call_state\":"
        + state
        + ",\"event\":\"1\"}";
  }
}
