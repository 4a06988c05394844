package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telling again, through the whole server. */
class ReplayTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String EVERYTHING = "{\"from\":\"2001-01-01T00:00:00Z\",\"only\":\"all\"}";
  private static final String FAILED = "{\"from\":\"2001-01-01T00:00:00Z\"}";

  @TempDir Path folder;
  private ScriptedReceiver receiver;

  // Each test starts it, with its own schedule.
  @SuppressWarnings("NullAway.Init")
  private RunningServer server;

  private String hook = "";

  @BeforeEach
  void start() throws IOException {
    receiver = new ScriptedReceiver();
  }

  private void serve(Duration retryAfter) {
    server = new RunningServer(folder, List.of(retryAfter));
    hook =
        server
            .done(
                "POST",
                COMPANY + "/webhooks",
                "{\"trigger\":\"in_call\",\"target_url\":\"http://127.0.0.1:"
                    + receiver.port()
                    + "/hook\",\"query_parameters\":[{\"name\":\"uid\",\"field\":\"uid\"}]}")
            .path("id")
            .asText();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void whatWasGivenUpIsToldAgainInOrderAndMarked() throws Exception {
    serve(Duration.ofMillis(1));
    fail(6);
    call("call.1", "1", "5", "2");
    heard(6);
    server.getUntil(webhook(), json -> json.at("/given_up/exhausted").asInt() == 3);

    assertThat(server.done("POST", replays() + "?dry_run=true", FAILED).path("total").asInt())
        .isEqualTo(3);
    assertThat(receiver.unread()).isZero();
    var started = server.done("POST", replays(), FAILED);
    assertThat(started.path("total").asInt()).isEqualTo(3);
    assertThat(started.path("only").asText()).isEqualTo("failed");

    assertThat(heard(3))
        .containsExactly(
            "/hook?uid=call.1 #1 again", "/hook?uid=call.1 #2 again", "/hook?uid=call.1 #3 again");
    var done = untilOver(started);
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("done").asInt()).isEqualTo(3);
    assertThat(done.path("total").asInt()).isEqualTo(3);
    assertThat(done.path("finished_at").isNull()).isFalse();

    var healthy = server.getUntil(webhook(), json -> json.path("given_up").isEmpty());
    assertThat(healthy.path("breaker").asText()).isEqualTo("closed");
    assertThat(healthy.path("detached").asBoolean()).isFalse();
    var story = server.get(COMPANY + "/calls/call.1");
    assertThat(story.path("given_up").isEmpty()).isTrue();
    var delivery = story.at("/events/2/deliveries/0");
    assertThat(delivery.path("outcome").asText()).isEqualTo("delivered");
    assertThat(delivery.at("/attempts/0/replay").asBoolean()).isFalse();
    assertThat(delivery.at("/attempts/2/replay").asBoolean()).isTrue();
    assertThat(server.done("POST", replays() + "?dry_run=true", FAILED).path("total").asInt())
        .isZero();
  }

  @Test
  void everythingOfTimeIsToldAgain() throws Exception {
    serve(Duration.ofHours(1));
    call("call.1", "1", "2");
    call("call.2", "1");
    heardAndSettled(3);

    var later = Instant.now().plusSeconds(3_600);
    var before = EVERYTHING.replace("2001-01-01T00:00:00Z", later.toString());
    assertThat(server.done("POST", replays(), before).path("state").asText()).isEqualTo("done");
    assertThat(server.done("POST", replays(), FAILED).path("total").asInt()).isZero();

    var started = server.done("POST", replays(), EVERYTHING);
    assertThat(heard(3))
        .contains("/hook?uid=call.2 #1 again")
        .containsSubsequence("/hook?uid=call.1 #1 again", "/hook?uid=call.1 #2 again");
    assertThat(untilOver(started).path("done").asInt()).isEqualTo(3);
    assertThat(server.get(replays()).path("replays")).hasSize(3);
    assertThat(server.get(replays()).at("/replays/0/id")).isEqualTo(started.path("id"));
  }

  @Test
  void oneCallIsToldAgainByItself() throws Exception {
    serve(Duration.ofHours(1));
    call("call.1", "1", "2");
    call("call.2", "1", "2");
    heardAndSettled(4);

    var started = server.done("POST", replays(), "{\"uid\":\"call.2\"}");
    assertThat(started.path("total").asInt()).isEqualTo(2);
    assertThat(started.path("only").asText()).isEqualTo("all");
    assertThat(heard(2)).containsExactly("/hook?uid=call.2 #1 again", "/hook?uid=call.2 #2 again");
    assertThat(untilOver(started).path("state").asText()).isEqualTo("done");
    assertThat(receiver.unread()).isZero();

    var unknown = server.send("POST", replays(), "{\"uid\":\"call.3\"}");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("no call that is kept");
  }

  @Test
  void cancelEndsItAndLetsWhatHappensGoOn() throws Exception {
    serve(Duration.ofHours(1));
    call("call.1", "1");
    heardAndSettled(1);
    fail(1);
    var started = server.done("POST", replays(), EVERYTHING);
    heard(1);

    var second = server.send("POST", replays(), EVERYTHING);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains(started.path("id").asText());
    call("call.1", "2");
    assertThat(server.get(one(started)).path("state").asText()).isEqualTo("running");
    assertThat(server.send("GET", "/metrics", "").body()).contains("switchhook_replays_running 1");

    var cancelled = server.done("DELETE", one(started), "");
    assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
    assertThat(cancelled.path("reason").asText()).isEqualTo("cancelled by hand");
    assertThat(heard(1)).containsExactly("/hook?uid=call.1 #2");
    assertThat(server.done("DELETE", one(started), "")).isEqualTo(cancelled);
    server.restart(RunningServer.MINIMUM_FREE_BYTES);
    assertThat(server.get(one(started))).isEqualTo(cancelled);
  }

  @Test
  void restartGoesOnWithWhatIsLeft() throws Exception {
    serve(Duration.ofSeconds(2));
    call("call.1", "1", "2");
    call("call.2", "1");
    heardAndSettled(3);
    receiver.answers(500);
    receiver.answers(500);
    var started = server.done("POST", replays(), EVERYTHING);
    heard(2);

    server.restart(RunningServer.MINIMUM_FREE_BYTES);

    assertThat(server.get(one(started)).path("state").asText()).isEqualTo("running");
    assertThat(heard(3))
        .contains("/hook?uid=call.2 #1 again")
        .containsSubsequence("/hook?uid=call.1 #1 again", "/hook?uid=call.1 #2 again");
    var done = untilOver(started);
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("done").asInt()).isEqualTo(3);
    assertThat(server.done("POST", replays(), EVERYTHING).path("state").asText())
        .isEqualTo("running");
    heard(3);
  }

  @Test
  void disablingWebhookCancelsItsReplayWithReason() throws Exception {
    serve(Duration.ofHours(1));
    call("call.1", "1");
    heardAndSettled(1);
    fail(1);
    var started = server.done("POST", replays(), EVERYTHING);
    heard(1);

    server.done("POST", webhook() + "/disable", "");
    var over = untilOver(started);
    assertThat(over.path("state").asText()).isEqualTo("cancelled");
    assertThat(over.path("reason").asText()).contains("disabled by hand");
    var refused = server.send("POST", replays(), EVERYTHING);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("disabled");

    call("call.1", "2");
    server.getUntil(webhook(), json -> json.at("/given_up/disabled").asInt() == 1);
    server.done("POST", webhook() + "/enable", "");
    var failed = server.done("POST", replays(), FAILED);
    assertThat(failed.path("total").asInt()).isEqualTo(1);
    assertThat(heard(1)).containsExactly("/hook?uid=call.1 #2 again");
    untilOver(failed);
    server.getUntil(webhook(), json -> json.path("given_up").isEmpty());
    assertThat(server.done("POST", replays(), FAILED).path("total").asInt()).isZero();
  }

  @Test
  void deletingWebhookCancelsItsReplay() throws Exception {
    serve(Duration.ofHours(1));
    call("call.1", "1");
    heardAndSettled(1);
    fail(1);
    var started = server.done("POST", replays(), EVERYTHING);
    heard(1);

    assertThat(server.send("DELETE", webhook(), "").statusCode()).isEqualTo(204);
    assertThat(untilOver(started).path("reason").asText()).isEqualTo("the webhook was deleted");
    assertThat(server.send("GET", replays(), "").statusCode()).isEqualTo(404);
  }

  private String webhook() {
    return COMPANY + "/webhooks/" + hook;
  }

  private String replays() {
    return webhook() + "/replays";
  }

  private static String one(JsonNode replay) {
    return COMPANY + "/replays/" + replay.path("id").asText();
  }

  private JsonNode untilOver(JsonNode replay) {
    return server.getUntil(one(replay), json -> !json.path("state").asText().equals("running"));
  }

  private void fail(int times) {
    for (int time = 0; time < times; time++) {
      receiver.answers(500);
    }
  }

  private void call(String uid, String... states) {
    for (var state : states) {
      server.done(
          "POST",
          COMPANY + "/events",
          "{\"id\":\"5f25296c4122c135\",\"uid\":\""
              + uid
              + "\",\"clid\":\"9711636496\",\"call_state\":\""
              + state
              + "\",\"event\":\"1\"}");
    }
  }

  /** What is still being told by itself is not told again. */
  private void heardAndSettled(int count) throws InterruptedException {
    heard(count);
    server.getUntil(
        COMPANY + "/deliveries?outcome=delivered&webhook=" + hook,
        json -> json.path("deliveries").size() == count);
  }

  private List<String> heard(int count) throws InterruptedException {
    var requests = new ArrayList<String>();
    for (int number = 0; number < count; number++) {
      requests.add(receiver.next());
    }
    return requests;
  }
}
