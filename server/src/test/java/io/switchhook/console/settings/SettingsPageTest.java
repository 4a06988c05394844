package io.switchhook.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.console.LoggedIn;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of settings, over a server. */
class SettingsPageTest {
  private static final Pattern KEY = Pattern.compile("swh_live_[0-9A-Za-z]{40,}");

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

  @Test
  void keyIsShownOnceAndOpensItsCompany() {
    var made = console.post("/settings/keys", Map.of("whose", "company", "name", "<CRM>"));
    assertThat(made.body()).contains("shown only this once", "&lt;CRM&gt;").doesNotContain("<CRM>");
    var text = KEY.matcher(made.body());
    assertThat(text.find()).isTrue();
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    var key = text.group();
    assertThat(console.get("/settings").body()).doesNotContain(key).contains("&lt;CRM&gt;");

    console.logInWith(key);

    assertThat(console.get("/settings").body())
        .contains("you use it now")
        .doesNotContain("Admin keys of the installation");
  }

  @Test
  void keyThatIsLoggedInWithIsNotRevoked() {
    var body = console.get("/settings").body();
    var own = firstId(body.substring(body.indexOf("keys-installation")));

    var answer = console.post("/settings/keys/revoke", Map.of("whose", "installation", "id", own));

    assertThat(LoggedIn.location(answer)).isEqualTo("/settings?problem=own");
    assertThat(console.get("/settings?problem=own").body()).contains("nothing was revoked");
  }

  @Test
  void keyIsRevoked() {
    console.post("/settings/keys", Map.of("whose", "company", "name", "old one"));
    var id = firstId(console.get("/settings").body());

    var answer = console.post("/settings/keys/revoke", Map.of("whose", "company", "id", id));

    assertThat(LoggedIn.location(answer)).isEqualTo("/settings?revoked=1");
    assertThat(console.get("/settings?revoked=1").body())
        .contains("The key was revoked")
        .doesNotContain(id);
    var again = console.post("/settings/keys/revoke", Map.of("whose", "company", "id", id));
    assertThat(LoggedIn.location(again)).isEqualTo("/settings?problem=gone");
  }

  @Test
  void keyOfOneCompanyChangesNothingOfTheInstallation() {
    console.logInWith(console.api("POST", "/companies/default/keys", "{}").path("key").asText());

    assertThat(console.get("/settings/companies").statusCode()).isEqualTo(403);
    assertThat(console.post("/settings/companies", Map.of("name", "mine")).statusCode())
        .isEqualTo(403);
    assertThat(
            console
                .post("/settings/companies/change", Map.of("id", "x", "after_call_logs", "on"))
                .statusCode())
        .isEqualTo(403);
    for (var form : new String[] {"/settings/keys", "/settings/keys/revoke"}) {
      assertThat(console.post(form, Map.of("whose", "installation", "id", "x")).statusCode())
          .isEqualTo(403);
    }
    assertThat(console.get("/settings/data").body())
        .contains("What is kept for how long")
        .doesNotContain("What takes the room");
    assertThat(console.api("GET", "/companies", "").path("companies")).hasSize(1);
    assertThat(console.api("GET", "/keys", "").path("keys")).hasSize(1);
  }

  @Test
  void companyIsAddedAndItsAfterCallLogsAreSwitched() {
    var id = "00000000000000aa";
    var added = console.post("/settings/companies", Map.of("name", "Acme Ltd.", "company_id", id));
    assertThat(LoggedIn.location(added)).isEqualTo("/settings/companies");
    assertThat(console.get("/settings/companies").body()).contains("Acme Ltd.", id);

    console.post("/settings/companies/change", Map.of("id", id, "after_call_logs", "on"));

    assertThat(console.api("GET", "/companies/" + id, "").path("after_call_logs").asBoolean())
        .isTrue();
  }

  @Test
  void whatIsWrongWithACompanyIsToldAtItsField() {
    var answer = console.post("/settings/companies", Map.of("name", "-", "company_id", "xyz"));

    assertThat(answer.body())
        .contains(
            "must be 1 to 100 letters", "must be 16 lowercase hexadecimal digits", "value=\"xyz\"");
    assertThat(console.post("/settings/companies", Map.of("name", "default")).body())
        .contains("A company with the name default exists already.");
  }

  @Test
  void dataIsMeasured() {
    assertThat(console.get("/settings/data").body())
        .contains("30 days", "What takes the room", "Free on its disk");
  }

  @Test
  void changesAreShownWithTheKeyThatMadeThem() {
    var made = console.api("POST", "/companies/default/keys", "{\"name\":\"CI job\"}");
    console.api("POST", "/companies", "{\"name\":\"acme\"}");
    console.logInWith(made.path("key").asText());
    console.post("/settings/keys", Map.of("whose", "company", "name", "from the console"));

    var page = console.get("/settings/changes").body();

    assertThat(page)
        .contains("CI job", "from the console", "key made")
        .doesNotContain("<td class=\"nowrap\">company added", "acme");
    assertThat(console.get("/settings/changes?by=" + made.path("id").asText()).body())
        .contains("from the console")
        .containsOnlyOnce("<td class=\"nowrap\">key made</td>");
    assertThat(console.get("/settings/changes?what=key.revoked").body()).contains("Nothing fits");
  }

  @Test
  void changesGoOnOverPages() {
    for (int number = 0; number <= ChangesPage.PAGE_SIZE; number++) {
      console.api("POST", "/companies/default/keys", "{\"name\":\"key number " + number + "!\"}");
    }

    var first = console.get("/settings/changes?what=key.made").body();
    assertThat(first).contains("<td>key number 50!").doesNotContain("<td>key number 0!");
    var next = Pattern.compile("\\?before=[0-9]+&amp;what=key.made").matcher(first);
    assertThat(next.find()).isTrue();
    var second = console.get("/settings/changes" + next.group().replace("&amp;", "&")).body();
    assertThat(second).contains("<td>key number 0!", "Newest").doesNotContain("<td>key number 1!");
  }

  private static String firstId(String body) {
    var id = Pattern.compile("name=\"id\" value=\"([0-9A-Za-z]+)\"").matcher(body);
    var shown = Pattern.compile("<td class=\"mono nowrap\">([0-9A-Za-z]+)</td>").matcher(body);
    return id.find() ? id.group(1) : first(shown);
  }

  private static String first(Matcher found) {
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
