package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.config.SourceSection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MyOperator account's requests come in, and webhooks of the other generation hear them. */
class MyOperatorDoorTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String SECRET = "abc123def";
  private static final String TOLD_AS_V1 =
      "sources: [{type: myoperator, name: myop, header: 'x-token: abc123def', reorder-wait: 1s}]";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private ScriptedReceiver receiver;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    receiver = new ScriptedReceiver();
    server =
        new RunningServer(
            folder.resolve("data"), List.of(Duration.ofMillis(300)), sources(TOLD_AS_V1));
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
    http.close();
  }

  @Test
  void shuffledEventsOfSecondGenerationReachReceiverOfFirstInOrder() throws Exception {
    webhook("in_call", "call_state");

    for (var name :
        List.of("initiated", "dial-begin-2", "dial-begin", "end", "dial-begin", "answered")) {
      assertThat(send(event(name), SECRET).statusCode()).isEqualTo(200);
    }

    assertThat(receiver.next()).isEqualTo("/in_call?said=1 #1");
    assertThat(receiver.next()).isEqualTo("/in_call?said=5 #2");
    assertThat(receiver.next()).isEqualTo("/in_call?said=5 #3");
    assertThat(receiver.next()).isEqualTo("/in_call?said=6 #4");
    assertThat(receiver.next()).isEqualTo("/in_call?said=2 #5");
  }

  @Test
  void afterCallLogAndDispositionReachTheirReceivers() throws Exception {
    webhook("after_call", "_dn");
    send(event("summary"), SECRET);
    assertThat(receiver.next()).isEqualTo("/after_call?said=sales #1");

    webhook("disposition", "_dsp.0.name");
    send(event("disposition"), SECRET);
    assertThat(receiver.next()).isEqualTo("/disposition?said=Interested #2");
  }

  @Test
  void receiverOfSecondGenerationHearsFieldsOfEvents() throws Exception {
    server.restart(sources(TOLD_AS_V1.replace("reorder", "tell-as: v2, reorder")));
    webhook("in_call", "event_type");

    send(event("initiated"), SECRET);
    send("{\"uid\":\"n2.1\",\"call_state\":\"1\",\"created\":\"2020-08-01 08:35:56\"}", SECRET);

    assertThat(List.of(receiver.next(), receiver.next()))
        .containsOnly("/in_call?said=call.initiated #1");
  }

  @Test
  void whoDoesNotProveItselfIsRefusedAndNothingIsKept() throws Exception {
    var refused = send(event("initiated"), "abc123deF");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(server.get(COMPANY + "/calls").path("calls")).isEmpty();
    assertThat(server.get(COMPANY + "/sources/myop/unread").path("count").asInt()).isZero();
    assertThat(server.send("POST", "/in/other", "{}").statusCode()).isEqualTo(404);
    assertThat(server.send("PUT", "/in/myop", "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void tooLargeBodyIsRefused() throws Exception {
    assertThat(send("x".repeat(256 * 1024 + 1), SECRET).statusCode()).isEqualTo(413);
  }

  @Test
  void unreadIsShownAndToldAfterChangeOfSettings() throws Exception {
    webhook("in_call", "clid");
    assertThat(get("?call=c1&state=5&number=%2B919711636496").statusCode()).isEqualTo(200);

    var unread = server.get(COMPANY + "/sources/myop/unread");
    assertThat(unread.path("count").asInt()).isOne();
    assertThat(unread.at("/unread/0/query").asText())
        .isEqualTo("call=c1&state=5&number=%2B919711636496");
    assertThat(unread.at("/unread/0/reason").asText()).contains("call, state, number");
    assertThat(server.get(COMPANY + "/sources/myop").path("unread").asInt()).isOne();

    server.restart(
        sources(
            TOLD_AS_V1.replace(
                "reorder", "fields: {call: uid, state: call_state, number: clid}, reorder")));
    var retried = server.done("POST", COMPANY + "/sources/myop/unread/retry", "");

    assertThat(retried.path("read").asInt()).isOne();
    assertThat(retried.path("unread").asInt()).isZero();
    assertThat(receiver.next()).isEqualTo("/in_call?said=%2B919711636496 #1");
  }

  @Test
  void fullDiskIsToldTheSender() throws Exception {
    server.restart(Long.MAX_VALUE);

    // The first is kept in the inbox; that the journal takes nothing is known from then on.
    var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    var answer = send(event("initiated"), SECRET);
    while (answer.statusCode() == 200 && System.nanoTime() < until) {
      answer = send(event("initiated"), SECRET);
    }
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();

    webhook("in_call", "call_state");
    server.restart(RunningServer.MINIMUM_FREE_BYTES);
    assertThat(receiver.next()).isEqualTo("/in_call?said=1 #1");
  }

  @Test
  void sourceWithoutProofIsNoSetting() throws IOException {
    var file =
        Files.writeString(folder.resolve("s.yaml"), "sources: [{type: myoperator, name: m}]");
    var read = SettingsReader.read(SettingsSources.ofFile(file, Map.of()), OpenSources.checks());

    assertThat(read)
        .isInstanceOfSatisfying(
            SettingsResult.Mistaken.class,
            it ->
                assertThat(it.mistakes())
                    .singleElement()
                    .asString()
                    .contains("header, basic-auth and query-token"));
  }

  private void webhook(String trigger, String field) {
    server.done(
        "POST",
        COMPANY + "/webhooks",
        """
        {"trigger": "%s", "target_url": "http://127.0.0.1:%d/%s",
         "query_parameters": [{"name": "said", "field": "%s"}]}
        """
            .formatted(trigger, receiver.port(), trigger, field));
  }

  private List<SourceSection> sources(String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("switchhook.yaml"), yaml);
    var read = SettingsReader.read(SettingsSources.ofFile(file, Map.of()), OpenSources.checks());
    assertThat(read).isInstanceOf(SettingsResult.Complete.class);
    return ((SettingsResult.Complete) read).settings().sources();
  }

  private static String event(String name) throws IOException {
    return Files.readString(Path.of("../calllog/src/test/resources/samples/v2/" + name + ".json"));
  }

  private HttpResponse<String> send(String body, String secret) throws Exception {
    return http.send(
        request("").header("x-token", secret).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String query) throws Exception {
    return http.send(
        request(query).header("x-token", SECRET).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/in/myop" + query))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(20));
  }
}
