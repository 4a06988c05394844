package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.CallId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  static final String LOG =
      "{\"uid\":\"c1\",\"call_state\":\"1\",\"users\":[\"9185\"],"
          + "\"created\":\"2020-08-01 08:35:56\", \"extra\":[1, {\"a\":null}]}";

  private static final String EVENTS = "/api/v1/companies/default/events";

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
  void acceptedLogIsInTheJournalByteForByte() {
    var response = api.send("POST", EVENTS, LOG);

    assertThat(response.statusCode()).isEqualTo(202);
    var accepted = RunningApi.json(response).path("accepted");
    assertThat(accepted).hasSize(1);
    var record = api.eventsOf(call("c1")).getFirst();
    assertThat(record.body().utf8()).isEqualTo(LOG);
    assertThat(record.happenedAt()).isEqualTo(Instant.parse("2020-08-01T08:35:56Z"));
    assertThat(accepted.get(0).path("id").asText()).isEqualTo(record.eventId());
    assertThat(accepted.get(0).path("sequence").asInt()).isEqualTo(1);
    assertThat(accepted.get(0).path("duplicate").asBoolean()).isFalse();
  }

  @Test
  void sameContentInAnotherOrderIsADuplicate() {
    var first = RunningApi.json(api.send("POST", EVENTS, "{\"uid\":\"c\",\"call_state\":\"1\"}"));
    var again =
        RunningApi.json(api.send("POST", EVENTS, "{ \"call_state\":\"1\", \"uid\":\"c\" }"));

    assertThat(again.at("/accepted/0/duplicate").asBoolean()).isTrue();
    assertThat(again.at("/accepted/0/id")).isEqualTo(first.at("/accepted/0/id"));
    assertThat(again.at("/accepted/0/sequence").asInt()).isEqualTo(1);
    assertThat(api.eventsOf(call("c"))).hasSize(1);
  }

  @Test
  void listsAndLinesAreTakenInTheirOrder() {
    var list =
        RunningApi.json(
            api.send("POST", EVENTS, " [\n" + log("a", 1) + " ,\n" + log("a", 2) + "]\n"));
    assertThat(list.path("accepted").findValuesAsText("sequence")).containsExactly("1", "2");

    var lines =
        RunningApi.json(
            api.send(
                api.call("POST", EVENTS, log("a", 5) + "\r\n\n" + log("b", 1) + "\n")
                    .with("Content-Type", "application/x-ndjson; charset=utf-8")));
    assertThat(lines.path("accepted").findValuesAsText("uid")).containsExactly("a", "b");
    assertThat(lines.path("accepted").findValuesAsText("sequence")).containsExactly("3", "1");
  }

  @Test
  void badLogAmongGoodOnesIsNamedWithItsLineAndNothingIsTaken() {
    var before = api.everything();
    var lines =
        api.send(
            api.call("POST", EVENTS, log("a", 1) + "\n" + log("a", 77) + "\n" + log("a", 2))
                .with("Content-Type", "application/x-ndjson"));

    assertThat(lines.statusCode()).isEqualTo(422);
    var problem = RunningApi.json(lines);
    assertThat(problem.path("type").asText()).isEqualTo("urn:switchhook:problem:invalid");
    assertThat(problem.path("errors")).hasSize(1);
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("[1].call_state");
    assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(problem.at("/errors/0/problem").asText()).contains("no such call_state: 77");
    assertThat(problem.path("detail").asText())
        .startsWith("Line 2: [1].call_state no such call_state")
        .endsWith("nothing of this request was taken.");
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void badLogInListIsNamedWithItsPlace() {
    var response =
        api.send("POST", EVENTS, "[\n  " + log("a", 1) + ",\n  {\"call_state\":\"1\"}\n]");

    var error = RunningApi.json(response).at("/errors/0");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(error.path("field").asText()).isEqualTo("[1].uid");
    assertThat(error.path("line").asInt()).isEqualTo(3);
    assertThat(error.path("column").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsNoJsonIs400AndChangesNothing() {
    var before = api.everything();
    for (var body :
        List.of(
            "",
            " ",
            "{",
            "[" + log("a", 1),
            "[" + log("a", 1) + "] x",
            "[" + log("a", 1) + ",]",
            "{\"uid\":\"a\" \"call_state\":\"1\"}",
            "uid=a",
            "{'uid':'a'}",
            "[]")) {
      var response = api.send("POST", EVENTS, body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(RunningApi.json(response).path("detail").asText())
          .as(body)
          .endsWith("nothing of this request was taken.");
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void whatIsNoCallLogIs422AndChangesNothing() {
    var before = api.everything();
    for (var body :
        List.of(
            "7",
            "null",
            "\"x\"",
            "[1]",
            "[[]]",
            "{}",
            "{\"uid\":\"a\"}",
            "{\"uid\":{},\"call_state\":\"1\"}",
            "{\"uid\":\"a\",\"call_state\":[1]}",
            "{\"uid\":\"a\",\"call_state\":\"0\"}",
            "{\"uid\":\"a\",\"call_state\":\"10\"}",
            "{\"uid\":\"\",\"call_state\":\"1\"}",
            "{\"uid\":\"a\",\"uid\":\"b\",\"call_state\":\"1\"}",
            "{\"uid\":\"" + "u".repeat(201) + "\",\"call_state\":\"1\"}",
            "{\"_ai\":\"x\"}",
            "{\"_ai\":\"x\",\"_pm\":[]}",
            "{\"uid\":\"a\",\"call_state\":\"1\",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"uid\":\"a\",\"call_state\":\"1\",\"x\":\"\\ud800\"}",
            "{\"uid\":\"a\",\"call_state\":\"1\",\"x\":\"" + "x".repeat(256 * 1024) + "\"}")) {
      var response = api.send("POST", EVENTS, body);
      assertThat(response.statusCode()).as(body).isEqualTo(422);
      assertThat(RunningApi.json(response).path("errors")).as(body).isNotEmpty();
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void bytesThatAreNoUtf8Are400() {
    var call = api.call("POST", EVENTS, "");
    var body =
        io.switchhook.event.Bytes.wrap(
            LOG.replace("9185", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    var response = api.send(new RunningApi.Call("POST", EVENTS, call.key(), call.headers(), body));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("not UTF-8");
  }

  @Test
  void limitsAreHeld() {
    var before = api.everything();
    var thousandAndOne = "[" + "{},".repeat(1_000) + "{}]";
    assertThat(api.send("POST", EVENTS, thousandAndOne).statusCode()).isEqualTo(413);
    assertThat(api.send("POST", EVENTS, " ".repeat(1_048_577)).statusCode()).isEqualTo(413);
    assertThat(api.everything()).isEqualTo(before);

    var thousand = new StringBuilder("[" + log("c", 1));
    for (int call = 1; call < 1_000; call++) {
      thousand.append(',').append(log("c" + call, 1));
    }
    assertThat(api.send("POST", EVENTS, thousand + "]").statusCode()).isEqualTo(202);
  }

  @Test
  void otherBodiesAreNotRead() {
    for (var type :
        List.of(
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/json; charset=utf-16")) {
      assertThat(api.send(api.call("POST", EVENTS, LOG).with("Content-Type", type)).statusCode())
          .as(type)
          .isEqualTo(415);
    }
    assertThat(
            api.send(api.call("POST", EVENTS, LOG).with("Content-Encoding", "gzip")).statusCode())
        .isEqualTo(415);
    assertThat(api.eventsOf(call("c1"))).isEmpty();
  }

  @Test
  void fullDiskIsSaidInWordsAndWhatWasTakenStays() {
    api.send("POST", EVENTS, log("a", 1));
    api.journal.pretendFull(256L << 20);
    var before = api.everything();
    var response = api.send("POST", EVENTS, log("a", 2));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("30");
    assertThat(RunningApi.json(response).path("type").asText())
        .isEqualTo("urn:switchhook:problem:disk-full");
    assertThat(response.body()).contains("data.minimum-free", "256.0 MB");
    assertThat(api.everything()).isEqualTo(before);
    assertThat(api.eventsOf(call("a"))).hasSize(1);
  }

  @Test
  void closingJournalIsSaidInWords() {
    api.journal.close();
    var response = api.send("POST", EVENTS, LOG);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("Send the same request again");
  }

  private CallId call(String uid) {
    return new CallId(api.companies.find("default").orElseThrow().id(), uid);
  }

  private static String log(String uid, int state) {
    return "{\"uid\":\"" + uid + "\",\"call_state\":\"" + state + "\"}";
  }
}
