package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver on the loopback address that answers as it is told, otherwise 200. */
final class ScriptedReceiver implements AutoCloseable {
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final HttpServer server;

  ScriptedReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            var again = "true".equals(headers.getFirst("switchhook-replay")) ? " again" : "";
            heard.add(
                exchange.getRequestURI() + " #" + headers.getFirst("switchhook-sequence") + again);
            var answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
          }
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answers(int status) {
    answers.add(status);
  }

  /**
   * The next request, as {@code /path?query #sequence}, and {@code again} when a replay sent it.
   */
  String next() throws InterruptedException {
    var request = heard.poll(15, TimeUnit.SECONDS);
    assertThat(request).as("a request within 15 s").isNotNull();
    return request;
  }

  /** How many requests were heard that nobody asked for with {@link #next}. */
  int unread() {
    return heard.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
