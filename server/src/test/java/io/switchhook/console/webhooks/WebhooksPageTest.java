package io.switchhook.console.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.console.LoggedIn;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of webhooks, as a browser without scripts uses them. */
class WebhooksPageTest {
  private static final String TARGET = "https://crm.invalid/webhook.php?from=1";

  @TempDir Path folder;
  private LoggedIn console;

  @BeforeEach
  void start() {
    console = new LoggedIn(folder, "[]");
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private static Map<String, String> form(String... others) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("trigger", "in_call");
    fields.put("target_url", TARGET);
    fields.put("method", "POST");
    fields.put("body", "json");
    for (int i = 0; i < others.length; i += 2) {
      fields.put(others[i], others[i + 1]);
    }
    return fields;
  }

  /** Makes a webhook with the form; returns its address. */
  private String made(String... others) {
    var page = LoggedIn.location(console.post("/webhooks/new", form(others)));
    assertThat(page).startsWith("/webhooks/wh_");
    return page;
  }

  private JsonNode only() {
    return console.api("GET", "/companies/default/webhooks", "").path("webhooks").path(0);
  }

  @Test
  void whatIsFilledInBecomesAWebhook() {
    assertThat(console.get("/webhooks").body()).contains("Nobody is told yet", "/webhooks/new");

    var page =
        made(
            "name", "CRM",
            "parameter_name", "caller_number",
            "parameter_from", "field:clid_raw",
            "parameter_as", "e164",
            "header_name", "my-super-secret-token",
            "header_value", "q7-secret-q7",
            "condition_field", "call_state",
            "condition_test", "in",
            "condition_values", "5, 6",
            "username", "admin",
            "password", "123456",
            "timeout_seconds", "7.5",
            "time_to_live_seconds", "90",
            "superseded", "drop");

    assertThat(console.get(page).body())
        .contains("CRM", "caller_number", "call_state is 5 or 6", "my-super-secret-token")
        .doesNotContain("q7-secret-q7", "123456");
    var json = only();
    assertThat(json.path("query_parameters").toString())
        .isEqualTo("[{\"name\":\"caller_number\",\"field\":\"clid_raw\",\"as\":\"e164\"}]");
    assertThat(json.path("conditions").toString())
        .isEqualTo("[{\"field\":\"call_state\",\"in\":[\"5\",\"6\"]}]");
    assertThat(json.path("headers").toString()).isEqualTo("[\"my-super-secret-token: ••••\"]");
    assertThat(json.path("timeout_seconds").asDouble()).isEqualTo(7.5);
    assertThat(json.path("time_to_live_seconds").asLong()).isEqualTo(90);
    assertThat(json.path("superseded").asText()).isEqualTo("drop");
    assertThat(console.get("/webhooks").body()).contains("CRM", "waits for calls", TARGET);
  }

  @Test
  void mistakesStandAtTheirFieldsAndNothingIsSaved() {
    var answer =
        console.post(
            "/webhooks/new",
            form(
                "target_url", "ftp://crm.invalid",
                "header_name", "Host",
                "header_value", "x",
                "parameter_name", "a",
                "parameter_from", "path",
                "time_to_live_seconds", "soon"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Nothing was saved: look at the fields that are marked.")
        .contains("id=\"problem-target_url\">Must be an absolute URL with http:// or https://.")
        .contains("id=\"problem-headers-0\">Host is set by Switchhook itself.")
        .contains("id=\"problem-time_to_live_seconds\">Must be a whole number")
        .containsPattern("id=\"problem-query_parameters-0\">[A-Z]")
        .contains("value=\"ftp://crm.invalid\"", "value=\"soon\"");
    assertThat(console.api("GET", "/companies/default/webhooks", "").path("webhooks")).isEmpty();
  }

  @Test
  void previewIsTheRequestOfWhatIsTypedSoFar() {
    var empty = console.post("/webhooks/new/preview", form("target_url", "")).body();
    assertThat(empty)
        .contains("POST /webhook.php HTTP/1.1", "The address is an example")
        .contains("id=\"problem-target_url\" hx-swap-oob=\"true\"></p>");

    var typed =
        console
            .post(
                "/webhooks/new/preview",
                form(
                    "method", "GET",
                    "parameter_name", "who",
                    "parameter_from", "field:clid_raw",
                    "parameter_as", "e164",
                    "header_name", "token",
                    "header_value", "q7-secret-q7"))
            .body();
    assertThat(typed)
        .contains("GET /webhook.php?from=1&amp;who=%2B910000000001 HTTP/1.1")
        .contains("Host: crm.invalid", "token: ••••", "switchhook-test: true")
        .doesNotContain("q7-secret-q7");
  }

  @Test
  void previewSaysWhatIsAllowedButHardlyMeant() {
    assertThat(
            console
                .post(
                    "/webhooks/new/preview",
                    form(
                        "target_url", "http://crm.invalid/",
                        "trigger", "after_call",
                        "parameter_name", "who",
                        "parameter_from", "field:clid_raw"))
                .body())
        .contains("“who” will be empty: clid_raw is no field", "Plain HTTP");
  }

  @Test
  void wrongRowsAreLeftOutOfThePreview() {
    assertThat(
            console
                .post(
                    "/webhooks/new/preview",
                    form("header_name", "webhook-id", "header_value", "x", "target_url", "nowhere"))
                .body())
        .contains("POST /webhook.php HTTP/1.1")
        .contains("id=\"problem-headers-0\" hx-swap-oob=\"true\">Webhook-id is set by Switchhook");
  }

  @Test
  void testIsSentFromTheFormAndKeepsNothing() {
    var page = console.post("/webhooks/new/test", form()).body();

    assertThat(page).contains("no answer", "crm.invalid", "Look at the host in the target URL.");
    assertThat(console.api("GET", "/companies/default/webhooks", "").path("webhooks")).isEmpty();
  }

  @Test
  void marksKeepSecretsUnlessTheTargetMoves() {
    var page = made("header_name", "token", "header_value", "q7-secret-q7");
    assertThat(console.get(page + "/edit").body()).contains("••••").doesNotContain("q7-secret-q7");
    var marked = form("name", "new name", "header_name", "token", "header_value", "••••");

    assertThat(LoggedIn.location(console.post(page + "/edit", marked))).isEqualTo(page);
    assertThat(only().path("name").asText()).isEqualTo("new name");

    marked.put("target_url", "https://elsewhere.invalid/");
    assertThat(console.post(page + "/edit", marked).body())
        .contains("id=\"problem-headers-0\">The scheme, host or port of target_url changes");
  }

  @Test
  void formThatIsOlderThanTheWebhookIsRefused() {
    var page = made();
    console.post(page + "/disable", Map.of());

    var answer = console.post(page + "/edit", form("revision", "1"));

    assertThat(answer.body()).contains("Nothing was saved: somebody else has changed");
  }

  @Test
  void signingSecretIsShownOnce() {
    var made = LoggedIn.location(console.post("/webhooks/new", form("signing", "on")));
    assertThat(made).contains("?secret=");
    assertThat(console.get(made).body()).contains("whsec_", "It is shown only now");
    assertThat(console.get(made).body()).doesNotContain("whsec_");

    var page = made.substring(0, made.indexOf('?'));
    var rotated = LoggedIn.location(console.post(page + "/rotate", Map.of()));
    assertThat(console.get(rotated).body()).contains("whsec_");
    assertThat(console.get(rotated).body()).doesNotContain("whsec_");
  }

  @Test
  void disabledWebhookSaysSinceWhenAndIsEnabledAgain() {
    var page = made();
    console.post(page + "/disable", Map.of());
    var since = only().path("disabled_at").asText();
    // A later change does not move the moment.
    console.post(page + "/edit", form("name", "later"));

    assertThat(console.get(page).body())
        .contains("Disabled by hand.", "datetime=\"" + since, "Enable again");
    assertThat(console.get("/webhooks").body()).contains("Disabled by hand.");

    assertThat(LoggedIn.location(console.post(page + "/enable", Map.of()))).isEqualTo(page);
    assertThat(only().path("state").asText()).isEqualTo("enabled");
    assertThat(only().has("disabled_at")).isFalse();
  }

  @Test
  void webhookIsDeletedWhenThatIsConfirmed() {
    var page = made("name", "CRM");
    assertThat(console.get(page + "/delete").body()).contains("Delete CRM?", "Delete for good");
    assertThat(only().path("name").asText()).isEqualTo("CRM");

    assertThat(LoggedIn.location(console.post(page + "/delete", Map.of()))).isEqualTo("/webhooks");
    assertThat(console.get(page).body()).contains("No such webhook");
  }

  @Test
  void eventsAreCountedBeforeTheyAreToldAgain() {
    var page = made();
    console.post(page + "/disable", Map.of());
    console.api(
        "POST",
        "/companies/default/events",
        "{\"id\":\"1\",\"uid\":\"u1\",\"call_state\":\"5\",\"event\":\"1\",\"users\":[]}");
    console.post(page + "/enable", Map.of());

    assertThat(console.post(page + "/again", Map.of("range", "between")).body())
        .contains("Choose from when to when");
    var counted = console.post(page + "/again", Map.of("range", "hour", "only", "failed")).body();
    assertThat(counted).contains("Tell 1 event again");
    assertThat(console.get(page).body()).doesNotContain("of 1 event");

    var exact = counted.replaceAll("(?s).*name=\"exact_from\" value=\"([^\"]+)\".*", "$1");
    assertThat(
            LoggedIn.location(
                console.post(
                    page + "/again", Map.of("do", "start", "only", "failed", "exact_from", exact))))
        .isEqualTo(page + "#again");
    var running = console.get(page).body();
    assertThat(running).contains("of 1 event");
    assertThat(console.post(page + "/again", Map.of("range", "hour")).body())
        .containsAnyOf("is running", "nothing to tell again", "would be told again");
  }

  @Test
  void webhookOfAnotherCompanyIsOutOfReach() {
    console.api("POST", "/companies", "{\"name\":\"acme\"}");
    var id =
        console
            .api(
                "POST",
                "/companies/acme/webhooks",
                "{\"name\":\"theirs\",\"trigger\":\"in_call\",\"target_url\":\"" + TARGET + "\"}")
            .path("id")
            .asText();

    var page = "/webhooks/" + id;
    for (var path : new String[] {page, page + "/edit", page + "/delete"}) {
      assertThat(console.get(path).body()).contains("No such webhook").doesNotContain("theirs");
    }
    for (var path : new String[] {"/test", "/again", "/edit", "/edit/preview", "/edit/test"}) {
      assertThat(console.post(page + path, form()).body()).contains("No such webhook");
    }
    for (var path : new String[] {"/disable", "/enable", "/rotate", "/delete"}) {
      assertThat(LoggedIn.location(console.post(page + path, Map.of()))).contains("?problem=");
    }
    assertThat(console.api("GET", "/companies/acme/webhooks/" + id, "").path("state").asText())
        .isEqualTo("enabled");
  }

  @Test
  void whatPeopleWriteIsText() {
    var page = made("name", "<script>alert(1)</script>", "header_name", "x", "header_value", "y");
    for (var path : new String[] {"/webhooks", page, page + "/edit", page + "/delete"}) {
      assertThat(console.get(path).body())
          .contains("&lt;script&gt;")
          .doesNotContain("<script>alert");
    }
  }
}
