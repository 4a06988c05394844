package io.switchhook.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.calllog.PercentEncoding;
import io.switchhook.receiver.Proof;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private static final String LOG =
      "{\"id\":\"5f25296c4122c135\",\"uid\":\"n2.1\",\"clid_raw\":\"919711636496\",\"call_state\":\"6\","
          + "\"event\":\"1\",\"users\":[\"918586848544\"]}";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<Reception> heard = new LinkedBlockingQueue<>();
  private @Nullable Receiver receiver;

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.close();
    }
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void formFieldIsTakenAndToldInWords() throws Exception {
    start("200", Proof.ofNothing());

    var response =
        client.send(
            post("myoperator=" + PercentEncoding.encode(LOG))
                .header("webhook-id", "evt_1")
                .header("switchhook-sequence", "3")
                .header("switchhook-attempt", "2")
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    var reception = next();
    assertThat(reception.log()).hasValueSatisfying(log -> assertThat(log.json()).isEqualTo(LOG));
    assertThat(line(reception))
        .isEqualTo(
            "2026-11-22 10:35:14 +00:00  919711636496  6 user answered  918586848544  n2.1"
                + "  webhook-id=evt_1  sequence=3  attempt=2  -> 200");
  }

  @Test
  void getTellsItsParameters() throws Exception {
    start("200", Proof.ofNothing());

    client.send(
        HttpRequest.newBuilder(url("?caller_number=+919999999999")).build(),
        BodyHandlers.ofString());

    assertThat(line(next()))
        .isEqualTo(
            "2026-11-22 10:35:14 +00:00  GET without a call log  caller_number=+919999999999  -> 200");
  }

  @Test
  void hostileLogIsOnePrintedLine() throws Exception {
    start("200", Proof.ofNothing());

    client.send(
        post("{\"uid\":\"u\\u001b[2J\\r\\nfake line\",\"call_state\":2,\"status\":2}").build(),
        BodyHandlers.ofString());

    assertThat(line(next()))
        .isEqualTo(
            "2026-11-22 10:35:14 +00:00  no number  2 call finished: missed  nobody"
                + "  u[2Jfake line  -> 200");
  }

  @Test
  void afterCallLogIsToldInWords() throws Exception {
    start("200", Proof.ofNothing());

    client.send(
        post("{\"_ai\":\"a\",\"_cl\":\"+919711636496\",\"_su\":1,\"_dr\":\"00:00:39\","
                + "\"_pm\":[{\"ky\":\"ui\",\"vl\":\"d5.1\"}],"
                + "\"_ld\":[{\"_su\":\"1\",\"_rr\":[{\"_na\":\"Agent\"}]}]}")
            .build(),
        BodyHandlers.ofString());

    assertThat(line(next()))
        .contains("  +919711636496  after call: connected 00:00:39  Agent  d5.1  ");
  }

  @Test
  void eventOfV2IsToldInWords() throws Exception {
    start("200", Proof.ofNothing());

    client.send(
        post("{\"event_type\":\"call.summary\",\"session_id\":\"s4.1\",\"payload\":{\"status\":\"missed\","
                + "\"customer_number\":\"+919711636496\",\"legs\":[{\"type\":\"agent\","
                + "\"phone_number\":\"+918586848544\"}]}}")
            .build(),
        BodyHandlers.ofString());

    assertThat(line(next()))
        .contains("  +919711636496  call.summary: missed  +918586848544  s4.1  ");
  }

  @Test
  void whatDoesNotProveItselfIsRefusedUnreadAndTakesNoAnswerFromTheScript() throws Exception {
    start("204", Proof.ofHeader("x-token", "s3cret").andBasicAuth("admin", "123456"));

    var refused =
        client.send(post(LOG).header("x-token", "s3cret").build(), BodyHandlers.ofString());
    var taken =
        client.send(
            post(LOG)
                .header("x-token", "s3cret")
                .header("Authorization", "Basic YWRtaW46MTIzNDU2")
                .build(),
            BodyHandlers.ofString());

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo("This request does not prove who sent it.\n");
    assertThat(line(next())).isEqualTo("2026-11-22 10:35:14 +00:00  POST refused  -> 401");
    assertThat(taken.statusCode()).isEqualTo(204);
  }

  @Test
  void unreadableLogIsAnsweredWithTheReason() throws Exception {
    start("200", Proof.ofNothing());

    var response =
        client.send(post("{\"uid\":\"u\",\"call_state\":0}").build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .startsWith("line 1, column 25, field call_state: no such call_state");
  }

  @Test
  void otherMethodsAndLargeBodiesAreRefused() throws Exception {
    start("200", Proof.ofNothing());

    var put =
        client.send(
            HttpRequest.newBuilder(url("")).PUT(BodyPublishers.ofString(LOG)).build(),
            BodyHandlers.ofString());
    var large =
        client.send(post("x".repeat(Receiver.BODY_BYTES_MAX + 1)).build(), BodyHandlers.ofString());

    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD, POST");
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void compressedBodyIsNotInflated() throws Exception {
    start("200", Proof.ofNothing());
    var bytes = new java.io.ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(LOG.getBytes(StandardCharsets.UTF_8));
    }

    var response =
        client.send(
            HttpRequest.newBuilder(url(""))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void misbehavesAsTheScriptSays() throws Exception {
    start("503,429:5,redirect,200", Proof.ofNothing());

    assertThat(send().statusCode()).isEqualTo(503);
    var throttled = send();
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).contains("5");
    var redirected = send();
    assertThat(redirected.statusCode()).isEqualTo(302);
    assertThat(redirected.headers().firstValue("Location")).contains("/redirected");
    assertThat(send().statusCode()).isEqualTo(200);
    assertThat(send().statusCode()).isEqualTo(200);
  }

  @Test
  void resetIsAReset() throws Exception {
    start("reset", Proof.ofNothing());

    try (var socket = request()) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void timeoutTakesTheRequestAndStaysSilent() throws Exception {
    start("timeout", Proof.ofNothing());

    try (var socket = request()) {
      assertThat(next().answer()).isEqualTo(new Answer.Timeout());
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void slowBeginsAtOnceAndDoesNotEnd() throws Exception {
    start("slow", Proof.ofNothing());

    try (var socket = request()) {
      var start = new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
      assertThat(start).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void takenPortIsSaidInWords() {
    start("200", Proof.ofNothing());
    var taken =
        new ReceiverSettings(
            "127.0.0.1",
            started().port(),
            Proof.ofNothing(),
            AnswerScript.ok(),
            () -> Instant.EPOCH);

    assertThatThrownBy(() -> Receiver.start(vertx, taken, heard::add))
        .isInstanceOf(ReceiverException.class)
        .hasMessage("port " + started().port() + " is taken; name another with --port");
  }

  private void start(String script, Proof proof) {
    var parsed = (AnswerScript.Script) AnswerScript.parse(script);
    receiver =
        Receiver.start(
            vertx,
            new ReceiverSettings(
                "127.0.0.1",
                0,
                proof,
                parsed.script(),
                () -> Instant.parse("2026-11-22T10:35:14Z")),
            heard::add);
  }

  private Receiver started() {
    return java.util.Objects.requireNonNull(receiver);
  }

  private URI url(String query) {
    return URI.create(started().url() + query);
  }

  private HttpRequest.Builder post(String body) {
    return HttpRequest.newBuilder(url(""))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send() throws IOException, InterruptedException {
    return client.send(post(LOG).build(), BodyHandlers.ofString());
  }

  private Socket request() throws IOException {
    var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), started().port());
    socket.setSoTimeout(10_000);
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private Reception next() throws InterruptedException {
    return java.util.Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
  }

  private static String line(Reception reception) {
    return new DescribeReception(ZoneOffset.UTC).line(reception);
  }
}
