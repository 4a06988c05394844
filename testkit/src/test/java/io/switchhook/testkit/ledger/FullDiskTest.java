package io.switchhook.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk with less room than {@code data.minimum-free} asks for: nothing in, everything out. */
class FullDiskTest {
  private static final int PATIENCE_SECONDS = 30;

  @TempDir Path folder;

  private final Api api = new Api();
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private volatile int answer = 200;
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
    api.close();
  }

  @Test
  void fullDiskRefusesEventsInWordsAndTellsWhatWasAcceptedBefore() throws Exception {
    answer = 503;
    try (var roomy = serve("0B")) {
      var webhook =
          """
          {"name": "all", "trigger": "in_call", "target_url": "http://127.0.0.1:%d/"}
          """
              .formatted(receiver.getAddress().getPort());
      assertThat(api.post(roomy.url(), "/webhooks", webhook).status()).isEqualTo(201);
      for (var place = 1; place <= 3; place++) {
        assertThat(send(roomy, "call-1", place).status()).isEqualTo(202);
      }
      roomy.kill();
    }
    taken.clear();
    answer = 200;

    try (var full = serve("100TB")) {
      for (var uid : List.of("call-1", "call-2")) {
        var refused = send(full, uid, 4);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("type").asText()).contains("disk-full");
        assertThat(refused.body().path("detail").asText())
            .contains("Nothing of this request was kept")
            .contains("data.minimum-free")
            .contains("Make room");
      }
      assertThat(next(3)).containsExactly("1", "2", "3");
      assertThat(api.get(full.url(), "/calls/call-1").body().path("events")).hasSize(3);
      assertThat(api.get(full.url(), "/calls/call-2").status()).isEqualTo(404);
      assertThat(full.stop()).isZero();
    }

    try (var roomyAgain = serve("0B")) {
      var accepted = send(roomyAgain, "call-1", 4).body().path("accepted").path(0);

      assertThat(accepted.path("sequence").asInt()).isEqualTo(4);
      assertThat(accepted.path("duplicate").asBoolean()).isFalse();
      // What was told on the full disk was also stored there: nothing is told again.
      assertThat(next(1)).containsExactly("4");
    }
  }

  private ServerProcess serve(String minimumFree) throws IOException, InterruptedException {
    var config =
        """
        data: {minimum-free: %s}
        targets: {allowed-networks: ["127.0.0.0/8"]}
        delivery: {retry-schedule: [200ms, 200ms, 200ms, 200ms, 30s]}
        """
            .formatted(minimumFree);
    return ServerProcess.start(
        new Launch(
            Files.writeString(folder.resolve("switchhook.yaml"), config),
            folder.resolve("data"),
            List.of("-Xmx256m")));
  }

  private Api.Answered send(ServerProcess server, String uid, int place)
      throws IOException, InterruptedException {
    var event = ScriptedEvent.inCall(uid, ScriptedEvent.token(uid, place), "2", "911120000001");
    return api.post(server.url(), "/events", event.log());
  }

  private List<String> next(int count) throws InterruptedException {
    var sequences = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      sequences.add(String.valueOf(taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    }
    return sequences;
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var now = answer;
    if (now == 200) {
      taken.add(String.valueOf(exchange.getRequestHeaders().getFirst("switchhook-sequence")));
    }
    exchange.sendResponseHeaders(now, -1);
    exchange.close();
  }
}
