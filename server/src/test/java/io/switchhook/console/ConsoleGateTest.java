package io.switchhook.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets to a page, and what goes with it. */
class ConsoleGateTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OURS = "same-origin";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;
  private String adminKey = "";

  @BeforeEach
  void start() {
    var overrides =
        Map.of(
            "server.bind", List.of("127.0.0.1"),
            "server.port", List.of("0"),
            "data.directory", List.of(folder.toString()),
            "data.minimum-free", List.of("1MB"));
    server =
        switch (SettingsReader.read(new SettingsSources(null, Map.of(), overrides))) {
          case SettingsResult.Complete(var settings) -> Server.start(settings, Map.of());
          case SettingsResult.Mistaken(var mistakes) ->
              throw new IllegalStateException(mistakes.getFirst().sentence());
        };
    adminKey = server.firstAdminKey().orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void whoIsNotLoggedInIsSentToTheLoginAndThenWhereTheyWanted() throws Exception {
    var asked = get("/console/c/default/calls?state=5", "");
    assertThat(asked.statusCode()).isEqualTo(303);
    var login = header(asked, "Location");
    assertThat(login).isEqualTo("/console/login?to=%2Fconsole%2Fc%2Fdefault%2Fcalls%3Fstate%3D5");

    var in = logIn(adminKey, "/console/c/default/calls?state=5");

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(header(in, "Location")).isEqualTo("/console/c/default/calls?state=5");
    assertThat(header(in, "Set-Cookie")).contains("; HttpOnly; SameSite=Strict;");
    assertThat(get(header(in, "Location"), cookie(in)).statusCode()).isEqualTo(200);
  }

  @Test
  void loginLeadsToNoOtherSite() throws Exception {
    for (var to : List.of("https://evil.example/", "//evil.example/", "/console/c/\\evil", "/x")) {
      assertThat(header(logIn(adminKey, to), "Location")).startsWith("/console/c/default/");
    }
  }

  @Test
  void tenWrongKeysAreSlowedDown() throws Exception {
    for (int failure = 0; failure < LoginAttempts.FAILURES_MAX; failure++) {
      assertThat(logIn("swh_live_wrong", "").statusCode()).isEqualTo(401);
    }

    var next = logIn(adminKey, "");

    assertThat(next.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(next, "Retry-After"))).isBetween(1, 7);
  }

  @Test
  void requestsOfOtherSitesChangeNothing() throws Exception {
    var cookie = cookie(logIn(adminKey, ""));

    assertThat(post("/console/logout", "", cookie, Map.of("Sec-Fetch-Site", "cross-site")))
        .isEqualTo(403);
    assertThat(post("/console/logout", "", cookie, Map.of("Sec-Fetch-Site", "same-site")))
        .isEqualTo(403);
    assertThat(post("/console/logout", "", cookie, Map.of("Origin", "http://evil.example")))
        .isEqualTo(403);
    assertThat(post("/console/logout", "", cookie, Map.of())).isEqualTo(403);
    assertThat(get("/console/c/default/calls", cookie).statusCode()).isEqualTo(200);

    var origin = Map.of("Origin", "http://127.0.0.1:" + server.port());
    assertThat(post("/console/logout", "", cookie, origin)).isEqualTo(303);
    assertThat(get("/console/c/default/calls", cookie).statusCode()).isEqualTo(303);
  }

  @Test
  void keyOfOneCompanyOpensNoOther() throws Exception {
    api("POST", "/companies", "{\"name\":\"acme\"}");
    var key = api("POST", "/companies/acme/keys", "{}").path("key").asText();
    var cookie = cookie(logIn(key, ""));

    assertThat(get("/console/c/acme/calls", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/console/c/acme/calls", cookie).body()).doesNotContain("default");
    for (var path :
        List.of(
            "/calls", "/calls.csv", "/calls/x", "/calls/x/1", "/now", "/now/live", "/sources")) {
      assertThat(get("/console/c/default" + path, cookie).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void sessionEndsWithItsKey() throws Exception {
    var made = api("POST", "/companies/default/keys", "{}");
    var cookie = cookie(logIn(made.path("key").asText(), ""));
    assertThat(get("/console/c/default/calls", cookie).statusCode()).isEqualTo(200);

    api("DELETE", "/companies/default/keys/" + made.path("id").asText(), "");

    assertThat(get("/console/c/default/calls", cookie).statusCode()).isEqualTo(303);
  }

  @Test
  void whatStrangersWroteIsText() throws Exception {
    var evil = "<script>alert(1)</script>\\\" onclick=\\\"x";
    api(
        "POST",
        "/companies/default/events",
        "{\"id\":\"1\",\"uid\":\"u1\",\"call_state\":\"5\",\"event\":\"1\",\"clid_raw\":\""
            + evil
            + "\",\"users\":[\""
            + evil
            + "\"]}");
    var cookie = cookie(logIn(adminKey, ""));

    for (var path : List.of("/calls/u1", "/calls/u1/1")) {
      var page = get("/console/c/default" + path, cookie);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>alert");
    }
  }

  @Test
  void everyAnswerCarriesThePolicy() throws Exception {
    var cookie = cookie(logIn(adminKey, ""));
    for (var path :
        List.of("/", "/console/login", "/console/nothing", "/console/c/default/calls")) {
      assertThat(header(get(path, cookie), "Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
          .doesNotContain("unsafe");
    }
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return http.send(request(path).header("Cookie", cookie + ";").build(), BodyHandlers.ofString());
  }

  private int post(String path, String form, String cookie, Map<String, String> headers)
      throws Exception {
    var request =
        request(path)
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> logIn(String key, String to) throws Exception {
    var form = "key=" + encoded(key) + "&to=" + encoded(to);
    return http.send(
        request("/console/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", OURS)
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode api(String method, String path, String body) throws Exception {
    var response =
        http.send(
            request("/api/v1" + path)
                .header("Authorization", "Bearer " + adminKey)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode() / 100).as(response.body()).isEqualTo(2);
    return read(response.body());
  }

  private static JsonNode read(String json) throws IOException {
    return json.isEmpty() ? JSON.missingNode() : JSON.readTree(json);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static String cookie(HttpResponse<?> response) {
    var header = header(response, "Set-Cookie");
    return header.substring(0, header.indexOf(';'));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
