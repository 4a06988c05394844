package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.StartsCalls.CallToStart;
import io.switchhook.source.StartsCalls.CallWay;
import io.switchhook.source.StartsCalls.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCallsTest {
  private static final String CALLS = "/api/v1/companies/default/calls";
  private static final String CALL =
      "{\"type\":\"click_to_call\",\"user\":\"u101\",\"number\":\"+919711636496\","
          + "\"client_ref_id\":\"r-1\"}";

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
  void callIsAnsweredWithBothReferencesAndItsUid() {
    api.source.outcome = new Outcome.Started("0b3ee1a0-0000-4000-8000-000000000001", "swh-1");
    var response = api.send("POST", CALLS, CALL);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(RunningApi.json(response))
        .isEqualTo(
            RunningApi.json(
                "{\"reference_id\":\"0b3ee1a0-0000-4000-8000-000000000001\",\"uid\":\"swh-1\","
                    + "\"client_ref_id\":\"r-1\",\"source\":\"office\"}"));
    assertThat(api.source.asked)
        .containsExactly(
            new CallToStart(CallWay.CLICK_TO_CALL, "u101", "+919711636496", "", "r-1"));
  }

  @Test
  void outcomesHaveTheirStatus() {
    assertThat(status(new Outcome.AskedBefore("r"))).isEqualTo(409);
    assertThat(status(Outcome.Refused.of("number", "may not be called"))).isEqualTo(422);
    assertThat(status(new Outcome.TooMany(Duration.ofSeconds(7), "Too many."))).isEqualTo(429);
    assertThat(api.send("POST", CALLS, CALL).headers().firstValue("Retry-After")).contains("7");
    assertThat(status(new Outcome.NotNow("Not connected."))).isEqualTo(503);
    assertThat(status(new Outcome.NotKnown("r", "No answer."))).isEqualTo(503);
  }

  private int status(Outcome outcome) {
    api.source.outcome = outcome;
    return api.send("POST", CALLS, CALL).statusCode();
  }

  @Test
  void whatCannotBeReadAsksNobody() {
    for (var body :
        new String[] {
          "{}",
          "[]",
          "{\"type\":\"fax\",\"number\":\"1\"}",
          "{\"type\":\"obd\",\"number\":7}",
          "{\"type\":\"obd\",\"number\":\"7\",\"colour\":\"blue\"}",
          "{\"type\":\"obd\",\"number\":\"7\\r\\nAction: Logoff\"}",
          "{\"type\":\"obd\",\"number\":\"7\",\"source\":\"none\"}"
        }) {
      assertThat(api.send("POST", CALLS, body).statusCode()).as(body).isEqualTo(422);
    }
    assertThat(api.source.asked).isEmpty();
  }

  @Test
  void keyOfACompanyNeedsTheRight() {
    api.source.outcome = new Outcome.Started("r", "u");
    var without = key("{}");
    var with = key("{\"may_start_calls\":true}");

    var refused = api.send(api.call("POST", CALLS, CALL).withKey(without));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("right-required").contains("--may-start-calls");
    assertThat(api.source.asked).isEmpty();
    assertThat(api.send(api.call("POST", CALLS, CALL).withKey(with)).statusCode()).isEqualTo(202);
  }

  private String key(String body) {
    return RunningApi.json(api.send("POST", "/api/v1/companies/default/keys", body))
        .path("key")
        .asText();
  }
}
