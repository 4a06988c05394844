package io.switchhook.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  private static final int REQUESTS = 300;

  /** A connection that says nothing for so long keeps the others waiting no longer. */
  private static final int IDLE_MILLIS_MAX = 200;

  @Test
  void everyRequestIsAnsweredByServerThatHangsUpAfterEach() throws Exception {
    var refused = new AtomicInteger();
    try (var server = new ServerSocket(0, /* backlog= */ 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answerAndHangUp(server));
      var place = new Generator.Place(server.getLocalPort(), "key", /* connections= */ 10);
      try (var generator = Generator.start(place, new Refusals(refused))) {
        // Each connection is lost without work now and then, and gets some within the moment for
        // which it is left alone.
        var shape = new Shape(LogKind.IN_CALL, 1, 1, Duration.ofSeconds(1));
        var traffic =
            Traffic.toAll(Layout.ofWebhooks(1), 400, shape, Duration.ofSeconds(1))
                .ofCount(REQUESTS);
        var sending = generator.send(traffic, System.nanoTime());
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!sending.isAnswered() && System.nanoTime() - deadline < 0) {
          Thread.sleep(Duration.ofMillis(5));
        }
      }
      assertThat(refused).hasValue(REQUESTS);
    }
  }

  private static void answerAndHangUp(ServerSocket server) {
    while (!server.isClosed()) {
      try (var connection = server.accept()) {
        connection.setSoTimeout(IDLE_MILLIS_MAX);
        var request =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        long length = 0;
        for (var line = request.readLine();
            line != null && !line.isEmpty();
            line = request.readLine()) {
          if (line.startsWith("Content-Length: ")) {
            length = Long.parseLong(line.substring("Content-Length: ".length()));
          }
        }
        var _ = request.skip(length);
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        connection.shutdownOutput();
      } catch (IOException e) {
        // The other end is gone, or the test is over.
      }
    }
  }

  private record Refusals(AtomicInteger count) implements Answers {
    @Override
    public void sent(Traffic traffic, long request) {}

    @Override
    public void accepted(Traffic traffic, long request) {}

    @Override
    public void accepted(Traffic traffic, long ordinal, Entry entry) {}

    @Override
    public void refused(Traffic traffic, long request, int status) {
      count.incrementAndGet();
    }
  }
}
