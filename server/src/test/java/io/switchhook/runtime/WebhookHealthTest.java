package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook's reads say of how it stands, while the server runs and after a restart. */
class WebhookHealthTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String HOOKS = COMPANY + "/webhooks";

  @TempDir Path folder;
  private ScriptedReceiver receiver;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    receiver = new ScriptedReceiver();
    server = new RunningServer(folder, List.of(Duration.ofHours(1)));
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void newWebhookHasNoBacklogAndNoFailure() {
    var made = add(receiver.port());
    assertThat(made.path("backlog")).isEqualTo(server.get(HOOKS).at("/webhooks/0/backlog"));
    assertThat(made.path("backlog").asText()).isEqualTo("0");
    assertThat(made.path("last_failure").isNull()).isTrue();
  }

  @Test
  void backlogAndLastFailureAreToldAndOutliveRestart() throws Exception {
    var begin = Instant.now().minusSeconds(1);
    var one = HOOKS + "/" + add(receiver.port()).path("id").asText();
    receiver.answers(503);
    for (var state : List.of("1", "5")) {
      server.done("POST", COMPANY + "/events", log("call.1", state));
    }
    receiver.next();

    var seen = server.getUntil(one, json -> isFailing(json) && backlog(json) == 2);

    var failure = seen.path("last_failure");
    assertThat(Instant.parse(failure.path("at").asText())).isAfter(begin);
    assertThat(failure.path("attempt").asInt()).isEqualTo(1);
    assertThat(failure.path("status").asInt()).isEqualTo(503);
    assertThat(failure.path("words").asText()).isEqualTo("503 from 127.0.0.1:" + receiver.port());
    assertThat(server.get(HOOKS).path("webhooks").path(0)).isEqualTo(seen);

    server.restart(RunningServer.MINIMUM_FREE_BYTES);
    assertThat(server.get(one)).isEqualTo(seen);

    server.done("POST", one + "/disable", "");
    var disabled = server.getUntil(one, json -> backlog(json) == 0);
    assertThat(disabled.path("last_failure")).isEqualTo(failure);
  }

  @Test
  void receiverThatIsNotThereIsNamed() {
    var port = receiver.port();
    receiver.close();
    var one = HOOKS + "/" + add(port).path("id").asText();

    server.done("POST", COMPANY + "/events", log("call.1", "1"));

    var failure = server.getUntil(one, WebhookHealthTest::isFailing).path("last_failure");
    assertThat(failure.path("status").isNull()).isTrue();
    assertThat(failure.path("words").asText()).contains("refused", "127.0.0.1:" + port);
  }

  private JsonNode add(int port) {
    return server.done(
        "POST",
        HOOKS,
        "{\"trigger\":\"in_call\",\"target_url\":\"http://127.0.0.1:" + port + "/hook\"}");
  }

  private static boolean isFailing(JsonNode webhook) {
    return webhook.path("last_failure").isObject();
  }

  private static int backlog(JsonNode webhook) {
    return webhook.path("backlog").asInt(-1);
  }

  private static String log(String uid, String state) {
    return "{\"id\":\"5f25296c4122c135\",\"uid\":\""
        + uid
        + "\",\"clid\":\"9711636496\",\"call_state\":\""
        + state
        + "\",\"event\":\"1\"}";
  }
}
