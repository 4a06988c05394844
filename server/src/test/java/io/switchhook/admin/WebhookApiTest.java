package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.target.HeaderRules;
import io.switchhook.target.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookApiTest {
  private static final String HOOKS = "/api/v1/companies/default/webhooks";
  private static final String PLAIN =
      "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\"}";
  private static final String SECRETS =
      "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\","
          + "\"headers\":[\"X-Token: topsecret1\"],"
          + "\"basic_auth\":{\"username\":\"u\",\"password\":\"topsecret2\"},"
          + "\"signing\":{\"scheme\":\"standard-webhooks\"}}";

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void madeWebhookIsShownWithItsPlaceAndRevision() {
    var made = api.send("POST", HOOKS, PLAIN);
    var json = RunningApi.json(made);
    var company = api.companies.find("default").orElseThrow().id();

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(made.headers().firstValue("Location"))
        .contains("/api/v1/companies/" + company + "/webhooks/" + json.path("id").asText());
    assertThat(json.path("state").asText()).isEqualTo("enabled");
    assertThat(json.path("method").asText()).isEqualTo("POST");
    assertThat(json.path("body").asText()).isEqualTo("myoperator");
    assertThat(json.path("timeout_seconds").asInt()).isEqualTo(15);
    assertThat(json.path("name").asText()).isEqualTo("8.8.8.8");
  }

  @Test
  void signingSecretIsShownOnceAndOthersNever() {
    var made = api.send("POST", HOOKS, SECRETS);
    var url = HOOKS + "/" + RunningApi.json(made).path("id").asText();

    assertThat(RunningApi.json(made).at("/signing/secret").asText()).startsWith("whsec_");
    assertThat(made.body()).doesNotContain("topsecret");
    for (var body : List.of(api.send("GET", url, "").body(), api.send("GET", HOOKS, "").body())) {
      assertThat(body).doesNotContain("topsecret", "whsec_").contains("X-Token: ••••");
    }
    var rotated = RunningApi.json(api.send("POST", url + "/rotate-secret", ""));
    assertThat(rotated.at("/signing/secret").asText()).startsWith("whsec_");
  }

  @Test
  void staleEtagIs412AndChangesNothing() {
    var url = HOOKS + "/" + id(api.send("POST", HOOKS, PLAIN));
    api.send("PUT", url, PLAIN.replace("/h", "/i"));
    var before = api.everything();

    for (var etag : List.of("\"1\"", "W/\"2\"", "nonsense", "\"3\"")) {
      var put = api.send(api.call("PUT", url, PLAIN).with("If-Match", etag));
      assertThat(put.statusCode()).as(etag).isEqualTo(412);
      var delete = api.send(api.call("DELETE", url, "").with("If-Match", etag));
      assertThat(delete.statusCode()).as(etag).isEqualTo(412);
    }
    assertThat(api.everything()).isEqualTo(before);
    var put = api.send(api.call("PUT", url, PLAIN).with("If-Match", "\"2\""));
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.headers().firstValue("ETag")).contains("\"3\"");
  }

  @Test
  void badWebhooksAre422WithTheirFieldsAndChangeNothing() {
    var before = api.everything();
    var cases =
        List.of(
            new String[] {PLAIN.replace("}", ",\"colour\":\"blue\"}"), "colour"},
            new String[] {PLAIN.replace("}", ",\"headers\":[\"A: b\\r\\nC: d\"]}"), "headers[0]"},
            new String[] {PLAIN.replace("}", ",\"headers\":7}"), "headers"},
            new String[] {PLAIN.replace("}", ",\"method\":\"GET\",\"body\":\"json\"}"), "body"},
            new String[] {PLAIN.replace("https://8.8.8.8", "http://127.0.0.1:9"), "target_url"},
            new String[] {PLAIN.replace("8.8.8.8", "10.0.0.5"), "target_url"},
            new String[] {PLAIN.replace("8.8.8.8", "[::1]"), "target_url"},
            new String[] {PLAIN.replace("8.8.8.8", "2130706433"), "target_url"},
            new String[] {PLAIN.replace("8.8.8.8", "169.254.169.254"), "target_url"},
            new String[] {PLAIN.replace("8.8.8.8", "u:p@8.8.8.8"), "target_url"});
    for (var each : cases) {
      var response = api.send("POST", HOOKS, each[0]);
      assertThat(response.statusCode()).as(each[0]).isEqualTo(422);
      assertThat(RunningApi.json(response).path("errors").findValuesAsText("field"))
          .as(each[0])
          .contains(each[1]);
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void forbiddenTargetIsToldWithAddressKeyAndFlag() {
    var response = api.send("POST", HOOKS, PLAIN.replace("8.8.8.8", "127.0.0.1"));

    assertThat(RunningApi.json(response).path("detail").asText())
        .contains("127.0.0.1", "targets.allowed-networks", "--allow-network");
  }

  @Test
  void malformedJsonIs400AndChangesNothing() {
    var before = api.everything();
    for (var body :
        List.of(
            "",
            "{",
            PLAIN + "x",
            PLAIN.replace("}", ",\"trigger\":\"in_call\"}"),
            "{'a':1}",
            "[".repeat(100) + "]".repeat(100))) {
      var response = api.send("POST", HOOKS, body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(api.send("POST", HOOKS, "[]").statusCode()).isEqualTo(422);
    assertThat(api.send("POST", HOOKS, " ".repeat(262_145)).statusCode()).isEqualTo(413);
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void markIsRefusedWhenTheHostChanges() {
    var url = HOOKS + "/" + id(api.send("POST", HOOKS, SECRETS));
    var read = api.send("GET", url, "").body();
    var before = api.everything();
    var moved = api.send("PUT", url, read.replace("8.8.8.8", "8.8.4.4"));

    assertThat(moved.statusCode()).isEqualTo(422);
    assertThat(RunningApi.json(moved).path("errors").findValuesAsText("field"))
        .contains("headers[0]", "basic_auth.password", "signing.secret");
    assertThat(api.everything()).isEqualTo(before);
    assertThat(api.send("PUT", url, read.replace("/h", "/other")).statusCode()).isEqualTo(200);
  }

  @Test
  void trialShowsWhatWentOutAndWhatCameBackWithoutSecrets() {
    var url = HOOKS + "/" + id(api.send("POST", HOOKS, SECRETS));
    var result = RunningApi.json(api.send("POST", url + "/test", ""));

    assertThat(result.path("outcome").asText()).isEqualTo("delivered");
    assertThat(result.path("took_ms").asDouble()).isEqualTo(12.0);
    var headers = lines(result.at("/request/headers"));
    assertThat(headers)
        .contains(
            "X-Token: ••••",
            "Authorization: ••••",
            "switchhook-test: true",
            "switchhook-sequence: 1");
    assertThat(result.toString()).doesNotContain("topsecret", "s=1");
    assertThat(result.at("/request/body").asText()).startsWith("myoperator=%7B").contains("test.");
    assertThat(result.at("/answer/body").asText()).isEqualTo("thanks");
    assertThat(lines(result.at("/answer/headers"))).contains("Set-Cookie: ••••");
    var sent = api.target.requests.remove();
    assertThat(sent.headers().stream().map(it -> it.name() + ": " + it.value()))
        .contains("X-Token: topsecret1");
  }

  @Test
  void trialOfEachTriggerSendsALogThatReadsAsItsKind() {
    for (var trigger : io.switchhook.webhook.Trigger.values()) {
      var hook = PLAIN.replace("in_call", trigger.word()).replace("}", ",\"body\":\"json\"}");
      api.send("POST", HOOKS + "/" + id(api.send("POST", HOOKS, hook)) + "/test", "");
      var body = api.target.requests.remove().body();
      var read = io.switchhook.calllog.CallLogReader.read(body == null ? "" : body.utf8());

      assertThat(read).isInstanceOf(io.switchhook.calllog.ReadResult.Read.class);
      var log = ((io.switchhook.calllog.ReadResult.Read) read).log();
      assertThat(log.kind().name()).isEqualTo(trigger.name());
      assertThat(log.uid()).startsWith("test.");
    }
  }

  @Test
  void trialTellsWhyNobodyAnswered() {
    api.target.next =
        new Outcome.Unreachable(
            Outcome.Reason.NO_CONNECTION, "connection refused by 8.8.8.8:443", Duration.ZERO);
    var url = HOOKS + "/" + id(api.send("POST", HOOKS, PLAIN));
    var result = RunningApi.json(api.send("POST", url + "/test", ""));

    assertThat(result.path("outcome").asText()).isEqualTo("unreachable");
    assertThat(result.path("words").asText()).isEqualTo("connection refused by 8.8.8.8:443");
    assertThat(result.path("answer").isNull()).isTrue();
  }

  @Test
  void removedWebhookIsNotFound() {
    var url = HOOKS + "/" + id(api.send("POST", HOOKS, PLAIN));

    assertThat(api.send("DELETE", url, "").statusCode()).isEqualTo(204);
    assertThat(api.send("DELETE", url, "").statusCode()).isEqualTo(404);
    assertThat(api.send("GET", url, "").statusCode()).isEqualTo(404);
    assertThat(api.send("POST", url + "/test", "").statusCode()).isEqualTo(404);
  }

  @Test
  void headersThatTheSenderSetsAreRefusedWhereTheyAreConfigured() {
    for (var name :
        List.of(
            "Accept-Encoding",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Expect",
            "Host",
            "Keep-Alive",
            "Proxy-X",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "User-Agent",
            "switchhook-x",
            "webhook-x",
            "X-Mine",
            "Accept",
            "Cookie")) {
      var hook = PLAIN.replace("}", ",\"headers\":[\"" + name + ": v\"]}");
      assertThat(api.send("POST", HOOKS, hook).statusCode())
          .as(name)
          .isEqualTo(HeaderRules.isOurs(name) ? 422 : 201);
    }
  }

  private static String id(HttpResponse<String> made) {
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return RunningApi.json(made).path("id").asText();
  }

  private static List<String> lines(JsonNode list) {
    var lines = new java.util.ArrayList<String>();
    list.forEach(line -> lines.add(line.asText()));
    return lines;
  }
}
