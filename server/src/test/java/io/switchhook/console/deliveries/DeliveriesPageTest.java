package io.switchhook.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.console.LoggedIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of deliveries, over a webhook that nobody answers. */
class DeliveriesPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  private String addWebhook(String name) {
    return console
        .api(
            "POST",
            "/companies/default/webhooks",
            "{\"name\":\""
                + name
                + "\",\"trigger\":\"in_call\",\"target_url\":\"https://crm.invalid/\"}")
        .path("id")
        .asText();
  }

  private void send(String uid) {
    console.api(
        "POST",
        "/companies/default/events",
        "{\"id\":\"1\",\"uid\":\"" + uid + "\",\"call_state\":\"5\",\"event\":\"1\",\"users\":[]}");
  }

  /** A page, when it says so. */
  private String await(String path, String words) {
    var end = Instant.now().plus(PATIENCE);
    var page = console.get(path).body();
    while (!page.contains(words)) {
      assertThat(Instant.now()).as("%s says: %s", path, page).isBefore(end);
      Thread.onSpinWait();
      page = console.get(path).body();
    }
    return page;
  }

  @Test
  void nothingToldLeadsToTheForm() {
    assertThat(console.get("/deliveries").body()).contains("Nothing was told yet", "/webhooks/new");
  }

  @Test
  void failedDeliveriesAreCountedByWhyAndFoundByIt() {
    addWebhook("CRM");
    send("u1");
    send("u2");

    var page = await("/deliveries?outcome=not_told", "<span class=\"count\">2</span>");
    assertThat(page).contains("crm.invalid", "/calls/u1/1", "/calls/u2", "tried again");

    var group =
        page.replaceAll("(?s).*<a class=\"line\" href=\"/console/c/default([^\"]+)\".*", "$1");
    assertThat(console.get(group.replace("&amp;", "&")).body())
        .contains("Only what failed so:", "/calls/u1/1", "/calls/u2/1")
        .doesNotContain("Why deliveries fail");
    assertThat(console.get("/deliveries?status=none").body()).contains("/calls/u1/1");
    for (var other : new String[] {"status=503", "status=2xx", "outcome=delivered", "webhook=x"}) {
      assertThat(console.get("/deliveries?" + other).body()).contains("Nothing fits");
    }
    assertThat(console.get("/deliveries?from=2020-01-01T00:00&to=2020-01-02T00:00").body())
        .contains("Nothing fits");
  }

  @Test
  void whatIsNoStatusIsSaidAndDoesNotNarrow() {
    addWebhook("CRM");
    send("u1");
    await("/deliveries", "/calls/u1/1");

    assertThat(console.get("/deliveries?status=bad&from=soon").body())
        .contains("“bad” is no status", "From must be a day and a time", "/calls/u1/1");
  }

  @Test
  void deletedWebhookIsStillNamed() {
    var id = addWebhook("CRM");
    send("u1");
    await("/deliveries", "/calls/u1/1");

    console.api("DELETE", "/companies/default/webhooks/" + id, "");

    assertThat(console.get("/deliveries?webhook=" + id).body())
        .contains(id + " (deleted)", "/calls/u1/1");
  }
}
