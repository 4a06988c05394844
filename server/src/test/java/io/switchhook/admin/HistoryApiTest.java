package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.CallId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryApiTest {
  private static final String COMPANY = "/api/v1/companies/default";

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
  void callIsShownWithItsLogsAsTheyCame() {
    api.send("POST", COMPANY + "/events", EventsTest.LOG);
    var response = api.send("GET", COMPANY + "/calls/c1", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(EventsTest.LOG);
    assertThat(RunningApi.json(response).at("/events/0/routing").asText()).isEqualTo("pending");
    assertThat(RunningApi.json(response).at("/call/uid").asText()).isEqualTo("c1");
  }

  @Test
  void uidMayHoldAnyCharacters() {
    api.send("POST", COMPANY + "/events", "{\"uid\":\"a/b+c d%é\",\"call_state\":\"1\"}");

    assertThat(api.send("GET", COMPANY + "/calls/a%2Fb+c%20d%25%C3%A9", "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unknownCallIsNotFound() {
    assertThat(api.send("GET", COMPANY + "/calls/none", "").statusCode()).isEqualTo(404);
    assertThat(api.send("GET", COMPANY + "/calls/" + "u".repeat(201), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void callThatIsOlderThanWhatIsKeptIsNotFoundAndTheAnswerTellsSinceWhenEventsAreKept() {
    assertThat(api.send("GET", COMPANY + "/calls/c1", "").body()).contains("no events are");
    api.send("POST", COMPANY + "/events", EventsTest.LOG);
    api.send("POST", COMPANY + "/events", "{\"uid\":\"c2\",\"call_state\":\"1\"}");
    var old = api.eventsOf(new CallId(api.companies.list().getFirst().id(), "c1")).getFirst();
    api.journal.drop(old.partition(), old.offset() + 1);
    var response = api.send("GET", COMPANY + "/calls/c1", "");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(RunningApi.json(response).path("detail").asText())
        .isEqualTo(
            "No event of such a call is kept. The oldest event that is kept was accepted at "
                + RunningApi.NOW
                + "; what is older was dropped after data.retention.");
  }

  @Test
  void badParametersAreNamed() {
    for (var bad :
        List.of(
            "calls?state=10",
            "calls?state=x",
            "calls?number=abc",
            "calls?from=yesterday",
            "calls?to=2026-01-01",
            "calls?cursor=%21",
            "calls?limit=0",
            "calls?limit=501",
            "calls?stat=1",
            "calls?state=1&state=2",
            "deliveries?outcome=lost",
            "deliveries?outcome=no_webhook",
            "deliveries?number=1")) {
      var response = api.send("GET", COMPANY + "/" + bad, "");
      assertThat(response.statusCode()).as(bad).isEqualTo(422);
      assertThat(RunningApi.json(response).at("/errors/0/field").asText())
          .as(bad)
          .isEqualTo(bad.replaceFirst(".*\\?", "").replaceFirst("=.*", ""));
    }
  }

  @Test
  void goodParametersAreTaken() {
    for (var good :
        List.of(
            "calls",
            "calls?state=9&number=%2B91%2097116&from=2026-01-01T00:00:00Z&limit=500",
            "calls?to=2026-01-01T00:00:00.5%2B05:30",
            "deliveries?webhook=wh_1&uid=a&outcome=failed",
            "deliveries?outcome=given_up_expired&cursor=")) {
      assertThat(api.send("GET", COMPANY + "/" + good, "").statusCode()).as(good).isEqualTo(200);
    }
  }

  @Test
  void readinessTellsItsReasons() {
    assertThat(api.send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
    api.unreadiness.add("the disk is full");
    var response = api.send("GET", "/health/ready", "");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("the disk is full");
    assertThat(api.send("GET", "/health/live", "").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsCountByRouteNeverByPath() {
    api.send("POST", COMPANY + "/events", EventsTest.LOG);
    var text = api.send("GET", "/metrics", "").body();

    assertThat(text)
        .contains(
            "switchhook_api_requests_seconds_count{route=\"/api/v1/companies/{company}/events\",status=\"202\"} 1",
            "switchhook_api_events_total{kind=\"in_call\"} 1.0")
        .doesNotContain("default");
  }
}
