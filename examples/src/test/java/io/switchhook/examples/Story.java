package io.switchhook.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.receiver.StandardWebhooksSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What every example must do, whatever it is written in. */
final class Story {
  private static final List<String> DRESSES = List.of("myoperator", "json", "myoperator-json");
  private static final List<String> STATES = List.of("1", "5", "6", "2");

  private final Switchboard switchboard;
  private final URI receiver;
  private final Path calls;
  private final String name;

  Story(Switchboard switchboard, RunningExample example, Path calls, String name) {
    this.switchboard = switchboard;
    this.receiver = example.url();
    this.calls = calls;
    this.name = name;
  }

  /** Every call arrives whole and in order, in every dress, and so does the record of a call. */
  void hearsCallsInEveryDress() throws Exception {
    for (var dress : DRESSES) {
      switchboard.addWebhook(
          webhook("in_call", dress, "\"method\":\"POST\",\"body\":\"" + dress + "\""));
    }
    switchboard.addWebhook(
        webhook(
            "in_call",
            "get",
            """
            "method":"GET","query_parameters":[{"name":"uid","field":"uid"},
             {"name":"state","field":"call_state"},
             {"name":"caller_number","field":"clid_raw","as":"e164"},
             {"name":"odd","value":"a+b & c=%"}]
            """));
    switchboard.addWebhook(webhook("after_call", "record", "\"body\":\"json\""));
    var logs = new ArrayList<String>();
    for (var dress : List.of("myoperator", "json", "myoperator-json", "get")) {
      STATES.forEach(state -> logs.add(inCall(dress, state)));
    }
    logs.add(afterCall());
    switchboard.take(logs);

    for (var dress : DRESSES) {
      switchboard.awaitDelivered(uid(dress), STATES.size());
      assertThat(linesOf(dress))
          .containsExactly(
              line("in-call", dress, "1", "919711600001", ""),
              line("in-call", dress, "5", "919711600001", "918586800010,918586800011"),
              line("in-call", dress, "6", "919711600001", "918586800010"),
              line("in-call", dress, "2", "919711600001", ""));
    }
    switchboard.awaitDelivered(uid("get"), STATES.size());
    assertThat(linesOf("get"))
        .isEqualTo(
            STATES.stream()
                .map(state -> line("parameters", "get", state, "+919711600001", ""))
                .toList());
    switchboard.awaitDelivered(uid("record"), 1);
    assertThat(linesOf("record"))
        .containsExactly(line("after-call", "record", "1", "+919711600001", ""));
  }

  /** Events of the second generation are read in every dress, too. */
  void hearsEventsOfTheSecondGeneration() throws Exception {
    for (var dress : DRESSES) {
      var webhook = webhook("in_call", "v2", "\"body\":\"" + dress + "\"");
      switchboard.addWebhook(
          webhook
              .replace("\"public_ivr_id\"", "\"session_id\"")
              .replace(name + "-v2", uid("v2-" + dress)));
      switchboard.takeFromAccount(event(dress, "call.initiated", 1));
      switchboard.takeFromAccount(event(dress, "call.answered", 2));
      switchboard.awaitDelivered(uid("v2-" + dress), 2);

      assertThat(linesOf("v2-" + dress))
          .containsExactly(
              line("event", "v2-" + dress, "call.initiated", "+919711600001", ""),
              line("event", "v2-" + dress, "call.answered", "+919711600001", ""));
    }
  }

  private String event(String dress, String type, int sequence) {
    return """
    {"event_id":"%s-%s-%d","company_id":"5cd40f6554442586","event_type":"%s","event_sequence":%d,
     "event_version":"1","timestamp":"2026-01-05T10:00:0%dZ","channel":"call","direction":"incoming",
     "session_id":"%s","system_identifier":"+918000000000","customer_identifier":"+919711600001",
     "payload":{"id":"%s","direction":"incoming","category":"incoming","customer_number":"+919711600001"}}
    """
        .formatted(
            name,
            dress,
            sequence,
            type,
            sequence,
            sequence,
            uid("v2-" + dress),
            uid("v2-" + dress));
  }

  /**
   * What does not show the header, or is not signed with the secret, is answered 401 and leaves
   * nothing.
   */
  void refusesWhatDoesNotProveItself() throws Exception {
    var right = webhook("in_call", "tried", "\"body\":\"json\"");
    assertThat(trying(right)).isEqualTo(200);
    var before = Files.readString(calls);

    assertThat(trying(right.replace(RunningExample.TOKEN, "abc123de"))).isEqualTo(401);
    assertThat(trying(right.replace("my-super-secret-token", "another-token"))).isEqualTo(401);
    assertThat(
            trying(right.replace(RunningExample.SECRET, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")))
        .isEqualTo(401);
    assertThat(trying(right.replaceAll("\"signing\":\\{[^}]*},", ""))).isEqualTo(401);
    assertThat(trying(right.replace("\"body\":\"json\"", "\"method\":\"GET\""))).isEqualTo(200);
    var now = Instant.now().getEpochSecond();
    assertThat(sent(Map.of(), inCall("bare", "1"))).isEqualTo(401);
    assertThat(sent(new Mark("e-old", now - 400, 1, 0), inCall("bare", "1"))).isEqualTo(401);
    assertThat(sent(signed(new Mark("e-changed", now, 1, 0), "{}"), inCall("bare", "1")))
        .isEqualTo(401);

    assertThat(Files.readString(calls).replaceFirst("(?s)^" + Pattern.quote(before), ""))
        .as("only the GET that was right")
        .contains("\tparameters\t")
        .doesNotContain(uid("bare"));
  }

  /** What comes again is worked on once; what is missing is seen; what cannot be read is 400. */
  void dropsRepeatsAndSeesGaps() throws Exception {
    var now = Instant.now().getEpochSecond();
    for (var i = 0; i < 3; i++) {
      assertThat(sent(new Mark(name + "-1", now - i, 1, 0), inCall("twice", "1"))).isEqualTo(200);
    }
    assertThat(sent(new Mark(name + "-2", now, 2, 1), inCall("twice", "5"))).isEqualTo(200);
    assertThat(sent(new Mark(name + "-6", now, 6, 5), inCall("twice", "2"))).isEqualTo(200);
    assertThat(sent(new Mark(name + "-7", now, 7, 6), "no log")).isEqualTo(400);

    assertThat(linesOf("twice"))
        .containsExactly(
            line("in-call", "twice", "1", "919711600001", ""),
            line("in-call", "twice", "5", "919711600001", "918586800010,918586800011"),
            line("in-call", "twice", "2", "919711600001", "").replace("\tok", "\tgap"));
  }

  /** The three shapes of users are one. */
  void readsUsersInEveryShape() throws Exception {
    var now = Instant.now().getEpochSecond();
    var shapes = List.of("[\"a\",\"b\"]", "\"a,b\"", "\"[\\\"a\\\",\\\"b\\\"]\"", "null");
    for (var i = 0; i < shapes.size(); i++) {
      var log =
          "{\"uid\":\"%s\",\"call_state\":5,\"clid_raw\":null,\"users\":%s}"
              .formatted(uid("users"), shapes.get(i));
      assertThat(sent(new Mark(name + "-users-" + i, now, i + 1, i), log)).isEqualTo(200);
    }

    var both = line("in-call", "users", "5", "", "a,b");
    assertThat(linesOf("users"))
        .containsExactly(both, both, both, line("in-call", "users", "5", "", ""));
  }

  /** The vendor's own dress and header are understood, a wrong header is 401, JSON is no form. */
  void hearsInTheVendorsDressOnly() throws Exception {
    var right = webhook("in_call", "first", "\"body\":\"myoperator\"");
    assertThat(trying(right.replace(RunningExample.TOKEN, "abc123de"))).isEqualTo(401);
    assertThat(Files.exists(calls)).isFalse();
    assertThat(trying(right.replace("\"body\":\"myoperator\"", "\"body\":\"json\"")))
        .isEqualTo(400);

    assertThat(trying(right)).isEqualTo(200);

    assertThat(Files.readString(calls)).startsWith("{\"id\":").contains("\"call_state\":");
  }

  private int trying(String webhook) throws IOException, InterruptedException {
    return switchboard.statusOfTest(switchboard.addWebhook(webhook));
  }

  private String webhook(String trigger, String ivr, String more) {
    var field = trigger.equals("after_call") ? "_ivid" : "public_ivr_id";
    return """
    {"name":"%s","trigger":"%s","target_url":"%s","headers":["my-super-secret-token: %s"],
     "signing":{"scheme":"standard-webhooks","secret":"%s"},
     "conditions":[{"field":"%s","in":["%s-%s"]}],%s}
    """
        .formatted(
            name + " " + ivr,
            trigger,
            receiver,
            RunningExample.TOKEN,
            RunningExample.SECRET,
            field,
            name,
            ivr,
            more);
  }

  private String inCall(String call, String state) {
    var users =
        switch (state) {
          case "5" -> "\"918586800010\",\"918586800011\"";
          case "6" -> "\"918586800010\"";
          default -> "";
        };
    return "{\"id\":\"5f25296c4122c13%s\",\"uid\":\"%s\",\"clid_raw\":\"919711600001\",\"clid\":\"+91 97 & 116\","
            .formatted(state, uid(call))
        + "\"call_state\":\"%s\",\"event\":\"1\",\"status\":null,\"users\":[%s],\"public_ivr_id\":\"%s-%s\"}"
            .formatted(state, users, name, call);
  }

  private String afterCall() {
    return "{\"_ai\":\"5f114f490dbe2437\",\"_cl\":\"+919711600001\",\"_su\":1,\"_ivid\":\"%s-record\","
            .formatted(name)
        + "\"_pm\":[{\"ky\":\"is\",\"vl\":\"0\"},{\"ky\":\"ui\",\"vl\":\"%s\"}]}"
            .formatted(uid("record"));
  }

  private String uid(String call) {
    return name + "." + call + ".1";
  }

  /** A line without a gap; state, number and users are the rest. */
  private String line(String kind, String call, String... rest) {
    return kind + "\t" + uid(call) + "\t" + String.join("\t", rest) + "\tok";
  }

  /** The lines of a call, without the ids before them. */
  private List<String> linesOf(String call) throws IOException {
    return Files.readAllLines(calls).stream()
        .filter(line -> line.contains("\t" + uid(call) + "\t"))
        .map(line -> line.substring(line.indexOf('\t') + 1))
        .toList();
  }

  /** What a request made by hand says of itself. */
  private record Mark(String id, long time, int sequence, int previous) {}

  /** The headers of a signed request with this body. */
  private static Map<String, String> signed(Mark mark, String body) {
    var content = body.getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "my-super-secret-token",
        RunningExample.TOKEN,
        "webhook-id",
        mark.id(),
        "webhook-timestamp",
        String.valueOf(mark.time()),
        "webhook-signature",
        StandardWebhooksSignature.sign(
            List.of(RunningExample.SECRET), mark.id(), mark.time(), content),
        "switchhook-sequence",
        String.valueOf(mark.sequence()),
        "switchhook-previous",
        String.valueOf(mark.previous()));
  }

  private int sent(Mark mark, String body) throws IOException, InterruptedException {
    return sent(signed(mark, body), body);
  }

  private int sent(Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(receiver)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }
  }
}
