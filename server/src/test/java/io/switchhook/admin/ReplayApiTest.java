package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayApiTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String HOOKS = COMPANY + "/webhooks";
  private static final String FAILED = "{\"from\":\"2026-01-01T00:00:00Z\"}";
  private static final String ALL = "{\"to\":\"2027-01-01T00:00:00Z\",\"only\":\"all\"}";

  @TempDir Path folder;
  private RunningApi api;
  private CompanyId company;
  private String hook;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
    company = api.companies.find("default").orElseThrow().id();
    hook =
        RunningApi.json(
                api.send(
                    "POST",
                    HOOKS,
                    "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\","
                        + "\"conditions\":[{\"field\":\"call_state\",\"in\":[\"1\",\"2\"]}]}"))
            .path("id")
            .asText();
    for (var state : List.of("1", "5", "2")) {
      api.send(
          "POST",
          COMPANY + "/events",
          EventsTest.LOG.replaceFirst(
              "\"call_state\":\"\\d\"", "\"call_state\":\"" + state + "\""));
    }
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String replays() {
    return HOOKS + "/" + hook + "/replays";
  }

  private int total(String body) {
    return RunningApi.json(api.send("POST", replays() + "?dry_run=true", body))
        .path("total")
        .asInt(-1);
  }

  private JournalRecord event(int number) {
    var call = new CallId(company, "c1");
    int partition = api.journal.partitionsOf(call).getFirst();
    return api.journal.readCall(partition, call, 0, 10).get(number);
  }

  private void giveUp(JournalRecord event, Reason reason) {
    var state = api.cursors.acquire(event.partition());
    var record =
        new GiveUp(new WebhookId(hook), event.partition(), event.offset(), reason, RunningApi.NOW);
    api.cursors
        .commit(
            new CursorCommit(
                event.partition(),
                state.epoch(),
                List.of(),
                List.of(record),
                0,
                List.of(),
                RunningApi.NOW))
        .toCompletableFuture()
        .join();
  }

  @Test
  void countIsOfWhatMatchesTodayAndWasGivenUp() {
    assertThat(total(ALL)).isEqualTo(2);
    assertThat(total("{\"uid\":\"c1\"}")).isEqualTo(2);
    assertThat(total("{\"to\":\"2026-01-01T00:00:00Z\",\"only\":\"all\"}")).isZero();
    assertThat(total("{\"from\":\"2026-01-03T00:00:00Z\",\"only\":\"all\"}")).isZero();
    assertThat(total(FAILED)).isZero();

    giveUp(event(0), Reason.EXPIRED);
    giveUp(event(1), Reason.EXPIRED);
    assertThat(total(FAILED)).isEqualTo(1);
    assertThat(total("{\"uid\":\"c1\",\"only\":\"failed\"}")).isEqualTo(1);
    giveUp(event(0), Reason.TOLD_BY_REPLAY);
    assertThat(total(FAILED)).isZero();
    assertThat(RunningApi.json(api.send("GET", replays(), "")).path("replays")).isEmpty();
  }

  @Test
  void replayRunsUntilAllOfItsPartitionsHaveEnded() {
    var started = api.send("POST", replays(), ALL);
    assertThat(started.statusCode()).isEqualTo(202);
    var id = RunningApi.json(started).path("id").asText();
    var url = "/api/v1/companies/" + company + "/replays/" + id;
    assertThat(started.headers().firstValue("Location")).contains(url);

    var replay = api.replays.unfinished().getFirst();
    api.replays.replayMoved(event(0).partition(), replay.feed(), 1);
    var shown = RunningApi.json(api.send("GET", url, ""));
    assertThat(shown.path("state").asText()).isEqualTo("running");
    assertThat(shown.path("done").asInt()).isEqualTo(1);
    assertThat(shown.path("total").asInt()).isEqualTo(2);
    assertThat(api.send("POST", replays(), ALL).body()).contains("Replay " + id);

    for (int partition : replay.ends().keySet()) {
      api.replays.replayEnded(partition, replay.feed(), partition == event(0).partition() ? 3 : 0);
    }
    assertThat(api.send("DELETE", url, "").statusCode()).isEqualTo(409);
    var over = RunningApi.json(api.send("GET", url, ""));
    assertThat(over.path("state").asText()).isEqualTo("done");
    assertThat(over.path("done").asInt()).isEqualTo(3);
    assertThat(over.path("total").asInt()).isEqualTo(3);
  }

  @Test
  void whatRetentionDropsMeanwhileIsToldAsGone() {
    var id = RunningApi.json(api.send("POST", replays(), ALL)).path("id").asText();
    var replay = api.replays.unfinished().getFirst();
    var partition = event(0).partition();
    api.journal.drop(partition, event(1).offset());
    for (int other : replay.ends().keySet()) {
      api.replays.replayEnded(other, replay.feed(), other == partition ? 1 : 0);
    }

    api.send("DELETE", COMPANY + "/replays/" + id, "");
    var over = RunningApi.json(api.send("GET", COMPANY + "/replays/" + id, ""));
    assertThat(over.path("state").asText()).isEqualTo("done");
    assertThat(over.path("done").asInt()).isEqualTo(1);
    assertThat(over.path("gone").asInt()).isEqualTo(1);
    assertThat(over.path("total").asInt()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanWhatIsKeptIsToldAsGone() {
    assertThat(keptFrom(ALL).isNull()).isTrue();
    assertThat(keptFrom("{\"from\":\"" + RunningApi.NOW + "\"}").isNull()).isTrue();
    assertThat(keptFrom(FAILED).asText()).isEqualTo(RunningApi.NOW.toString());

    assertThat(keptFrom("{\"uid\":\"c1\"}").isNull()).isTrue();
    api.journal.drop(event(0).partition(), event(1).offset());
    assertThat(keptFrom("{\"uid\":\"c1\"}").asText()).isEqualTo(RunningApi.NOW.toString());
    var started = RunningApi.json(api.send("POST", replays(), "{\"uid\":\"c1\"}"));
    assertThat(started.path("kept_from").asText()).isEqualTo(RunningApi.NOW.toString());
    assertThat(started.path("gone").asInt(-1)).isZero();
  }

  private JsonNode keptFrom(String body) {
    return RunningApi.json(api.send("POST", replays() + "?dry_run=true", body)).path("kept_from");
  }

  @Test
  void mistakesAreNamedAndNothingIsStarted() {
    var mistakes =
        Map.ofEntries(
            Map.entry("{}", "must say what to tell again"),
            Map.entry("[]", "must be an object"),
            Map.entry("{\"only\":\"all\"}", "must say what to tell again"),
            Map.entry(
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
                "from must be before to"),
            Map.entry("{\"from\":\"yesterday\"}", "from must be a time by RFC 3339"),
            Map.entry("{\"to\":5}", "to must be a time by RFC 3339"),
            Map.entry("{\"from\":\"+999999999-01-01T00:00:00Z\"}", "from must be a time"),
            Map.entry(
                "{\"uid\":\"c1\",\"to\":\"2026-01-01T00:00:00Z\"}", "uid cannot stand beside"),
            Map.entry("{\"uid\":\"\"}", "uid must be a text of 1 to 200"),
            Map.entry("{\"uid\":\"c9\"}", "uid names no call that is kept"),
            Map.entry("{\"uid\":\"c1\",\"only\":\"some\"}", "only must be \\\"failed\\\" or"),
            Map.entry("{\"uid\":\"c1\",\"since\":1}", "since is no field here"));
    mistakes.forEach(
        (body, words) -> {
          var answer = api.send("POST", replays(), body);
          assertThat(answer.statusCode()).as(body).isEqualTo(422);
          assertThat(answer.body()).as(body).contains(words);
        });
    assertThat(api.send("POST", replays() + "?dry_run=maybe", ALL).body())
        .contains("dry_run must be true or false");
    assertThat(RunningApi.json(api.send("GET", replays(), "")).path("replays")).isEmpty();
  }

  @Test
  void whatIsNotThereOrNotOursIsNotFound() {
    assertThat(api.send("POST", HOOKS + "/wh_0/replays", ALL).statusCode()).isEqualTo(404);
    assertThat(api.send("GET", HOOKS + "/wh_0/replays", "").statusCode()).isEqualTo(404);
    assertThat(api.send("GET", COMPANY + "/replays/rp_0", "").statusCode()).isEqualTo(404);
    assertThat(api.send("DELETE", COMPANY + "/replays/rp_0", "").statusCode()).isEqualTo(404);

    api.send("POST", "/api/v1/companies", "{\"name\":\"acme\"}");
    var id = RunningApi.json(api.send("POST", replays(), ALL)).path("id").asText();
    var other = "/api/v1/companies/acme";
    assertThat(api.send("GET", other + "/replays/" + id, "").statusCode()).isEqualTo(404);
    assertThat(api.send("DELETE", other + "/replays/" + id, "").statusCode()).isEqualTo(404);
    var hooks = other + "/webhooks/" + hook + "/replays";
    assertThat(api.send("POST", hooks, ALL).statusCode()).isEqualTo(404);
  }
}
