package io.switchhook.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A receiver that answers what it is told to, and keeps the paths of what it was asked. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private volatile String body = "thank you";

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          var answer = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
          requests.add(exchange.getRequestURI().getPath());
        });
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** From now on every request is answered so. */
  void answers(int nextStatus, String nextBody) {
    status = nextStatus;
    body = nextBody;
  }

  /** The paths of requests, in the order in which they were answered. */
  BlockingQueue<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
