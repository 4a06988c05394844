package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.NeedsPart;
import io.switchhook.runtime.CallStories.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Real calls on a real Asterisk: what receivers are told of each, from the first state to the
 * after-call log. The calls of all stories are begun at once, each with a number of its own.
 *
 * <p>With {@code -Dasterisk.record=FOLDER} the stories are told one after the other, and what the
 * product's account heard of each is written there: new recordings for the tests of the mapping.
 */
@NeedsPart({"asterisk", "sipp"})
@Execution(ExecutionMode.SAME_THREAD)
class RealAsteriskTest {
  @TempDir static Path folder;
  private static LabAsterisk asterisk;
  private static Relay relay;
  private static LabServer server;

  @BeforeAll
  static void start() throws Exception {
    // A short path: the control socket's name may have about a hundred characters.
    asterisk = new LabAsterisk(Files.createTempDirectory("lab"));
    relay = new Relay(asterisk.amiPort());
    var users = new StringBuilder("id,name,extension\n");
    for (var extension : extensions()) {
      users.append("u%s,Agent %s,%s\n".formatted(extension, extension, extension));
    }
    Files.writeString(folder.resolve("users.csv"), users);
    server =
        new LabServer(
            folder,
            """
            sources:
              - type: asterisk
                name: lab
                host: 127.0.0.1
                port: %d
                username: switchhook
                secret: "${LAB_SECRET}"
                ping-interval: 1s
                user-channels: ["PJSIP/agent*"]
                trunks: ["PJSIP/carrier"]
                after-call-delay: 0s
                originate:
                  user: "PJSIP/agent{extension}"
                  customer: "PJSIP/{number}@carrier"
                  caller-id: "9000000001"
                  click-to-call-context: c2c
                  ivr: {5ee9a795b318a786: "obd,s,1"}
                  timeout: 2s
                  allowed-numbers: ["+91971163*"]
                  calls-per-minute: 60
                users-file: users.csv
            """
                .formatted(relay.port()));
    server.awaitHearing("lab", "");
  }

  private static List<String> extensions() {
    return List.of(
        "101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111", "201", "202",
        "203", "204", "205", "206", "301", "401", "501", "502", "601");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (relay != null) {
      relay.close();
    }
    if (asterisk != null) {
      asterisk.close();
    }
  }

  @Test
  void everyStoryIsToldInOrderAndLoggedOnce() throws Exception {
    var calls = new LinkedHashMap<Story, Future<Predicate<JsonNode>>>();
    try (var phones = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var story : CallStories.all()) {
        calls.put(story, phones.submit(() -> story.begin().begin(asterisk, server)));
      }
    }
    var states = new TreeSet<String>();
    for (var call : calls.entrySet()) {
      var told = server.storyWhere(call.getValue().get());
      told.forEach(log -> states.add(log.path("call_state").asText()));
      check(call.getKey(), told);
    }

    assertThat(states).containsExactly("1", "2", "3", "4", "5", "6", "7", "9");
  }

  /** The whole story, exactly one end, and exactly one after-call log, of the same call. */
  private static void check(Story story, List<JsonNode> told) throws InterruptedException {
    var uid = told.getFirst().path("uid").asText();
    var after = server.afterCallOf(uid);
    assertSoftly(
        softly -> {
          softly
              .assertThat(CallStories.states(server.inCallOf(uid)))
              .as(story.name())
              .isEqualTo(story.states());
          softly.assertThat(after).as(story.name()).hasSize(1);
          softly
              .assertThat(CallStories.afterCall(after.getFirst()))
              .as(story.name())
              .isEqualTo(story.afterCall());
          softly
              .assertThat(after.getFirst().path("_ri").asText())
              .as(story.name())
              .isEqualTo(told.getFirst().path("reference_id").asText("").replace("null", ""));
          softly
              .assertThat(after.getFirst().path("_cl").asText())
              .as(story.name())
              .isEqualTo("+" + told.getFirst().path("clid_raw").asText());
        });
  }

  @Test
  void callEndsOnceThoughTheLineIsCutAsteriskFreezesAndTheServerIsKilled() throws Exception {
    var caller = asterisk.call("uac_talk", "919711630008", "9000000008", 60_000);
    asterisk.awaitUp("PJSIP/agent108");
    server.until(
        () -> server.get("/calls?number=919711630008"),
        it -> it.toString().contains("\"state\":6"));
    var before = server.source("lab").path("since").asText();
    relay.cut();
    server.awaitHearing("lab", before);
    asterisk.freeze();
    server.awaitDeaf("lab");
    asterisk.thaw();
    server.awaitHearing("lab", "");
    server.kill();
    server.start();
    server.awaitHearing("lab", "");
    asterisk.hangUp("PJSIP/agent108");
    assertThat(caller.waitFor(60, TimeUnit.SECONDS)).isTrue();

    check(
        story("1 5[108] 6[108] 2=1", "1 0 1: 108 ANSWER received"),
        server.storyWhere(CallStories.of("919711630008")));
  }

  @Test
  void callThatEndsWhileTheServerIsDeadIsEndedAfterwards() throws Exception {
    var caller = asterisk.call("uac_talk", "919711630009", "9000000009", 60_000);
    asterisk.awaitUp("PJSIP/agent109");
    server.until(
        () -> server.get("/calls?number=919711630009"),
        it -> it.toString().contains("\"state\":6"));
    server.kill();
    asterisk.hangUp("PJSIP/agent109");
    assertThat(caller.waitFor(60, TimeUnit.SECONDS)).isTrue();
    server.start();

    check(
        story("1 5[109] 6[109] 2=1", "1 0 1: 109 ANSWER received"),
        server.storyWhere(CallStories.of("919711630009")));
  }

  private static Story story(String states, String afterCall) {
    return new Story("call", (_, _) -> _ -> false, states, afterCall);
  }

  @Test
  void trialSaysInWordsWhatItFound() {
    var trial = server.post("/sources/lab/test", "{}");

    assertThat(trial.path("passed").asBoolean()).as(trial.toString()).isTrue();
    assertThat(trial.toString())
        .contains("Connected to 127.0.0.1")
        .contains("lab1 (systemname)")
        .contains("write has originate");
  }

  /** A call over TLS; an account without rights, and one with the wrong secret. */
  @Test
  void linesOfOtherAccountsHearOrSayWhatIsMissing(@TempDir Path other) throws Exception {
    try (var second =
        new LabServer(
            other,
            """
            sources:
              - {type: asterisk, name: encrypted, host: 127.0.0.1, port: %d, tls: true, tls-certificate: %s,
                 username: switchhook, secret: "${LAB_SECRET}", user-channels: ["PJSIP/agent*"],
                 trunks: ["PJSIP/carrier"], after-call-delay: 0s}
              - {type: asterisk, name: poor, host: 127.0.0.1, port: %d, username: poor, secret: lab-only-poor,
                 user-channels: ["PJSIP/nobody*"], trunks: ["PJSIP/nothing"],
                 originate: {user: "PJSIP/{extension}", customer: "PJSIP/{number}@carrier",
                             click-to-call-context: c2c, allowed-numbers: ["+91*"]}}
              - {type: asterisk, name: stranger, host: 127.0.0.1, port: %d, username: switchhook,
                 secret: not-this-one, trunks: ["PJSIP/nothing"]}
            """
                .formatted(
                    asterisk.tlsPort(),
                    asterisk.certificate(),
                    asterisk.amiPort(),
                    asterisk.amiPort()))) {
      second.awaitHearing("encrypted", "");
      var _ = asterisk.call("uac_talk", "919711630011", "9000000011", 1_000);
      var told = second.storyWhere(CallStories.of("919711630011"));

      assertThat(CallStories.states(told)).isEqualTo("1 5[111] 6[111] 2=1");
      assertThat(second.post("/sources/encrypted/test", "{}").toString()).contains("encrypted.");
      assertThat(second.post("/sources/poor/test", "{}").toString())
          .contains("\"passed\":false")
          .contains("The account lacks reporting in write (manager.conf)")
          .contains("The account lacks originate in write (manager.conf)");
      assertThat(second.post("/sources/stranger/test", "{}").toString())
          .contains("\"passed\":false")
          .contains("Asterisk does not let in the account switchhook");
      assertThat(second.log()).contains("does not let in the account switchhook");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "asterisk.record", matches = ".+")
  void storiesAreRecordedOneByOne() throws Exception {
    var into = Files.createDirectories(Path.of(System.getProperty("asterisk.record")));
    var requests = new ArrayList<String>();
    for (var story : CallStories.all()) {
      var recording = asterisk.record(into.resolve(story.name() + ".txt"));
      var told = server.storyWhere(story.begin().begin(asterisk, server));
      check(story, told);
      asterisk.awaitQuiet();
      recording.close();
      if (!told.getFirst().path("reference_id").isNull()) {
        requests.add(request(story.name(), told.getFirst()));
      }
    }
    Files.write(into.resolve("requests.ndjson"), requests);
  }

  /** What was asked of us, as the tests of the mapping read it. */
  private static String request(String recording, JsonNode log) {
    var isObd = !log.path("public_ivr_id").isNull();
    var number = log.path("clid_raw").asText();
    var extension = log.path("users").path(0).asText();
    var reference = log.path("reference_id").asText();
    var json = JsonNodeFactory.instance.objectNode().put("call", recording);
    json.put("reference_id", reference).put("client_ref_id", "");
    json.putObject("originate")
        .put("ActionID", log.path("uid").asText())
        .put("Account", reference)
        .put("ChannelId", log.path("uid").asText())
        .put("Channel", isObd ? "PJSIP/" + number + "@carrier" : "PJSIP/agent" + extension);
    json.putObject("request")
        .put("type", isObd ? "obd" : "click_to_call")
        .put("user", isObd ? "" : "u" + extension)
        .put("number", "+" + number)
        .put("public_ivr_id", isObd ? log.path("public_ivr_id").asText() : "");
    return json.toString();
  }
}
