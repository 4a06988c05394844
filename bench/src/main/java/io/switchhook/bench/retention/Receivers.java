package io.switchhook.bench.retention;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Receivers of which one is well, one refuses what it gets, and one fails. */
public final class Receivers implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING_MAX = 1_024;

  private final HttpServer server;
  private final Map<Answer, LongAdder> asked = new EnumMap<>(Answer.class);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** What a receiver answers. */
  public enum Answer {
    /** All is well. */
    WELL(204),
    /** It does not want what it got: the call waits, its webhook is well. */
    REFUSING(422),
    /** It is in trouble: it is left alone, and reads for itself. */
    FAILING(503);

    private final int status;

    Answer(int status) {
      this.status = status;
    }
  }

  /** Listens on a free port of this machine. */
  public Receivers() throws IOException {
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING_MAX);
    server.setExecutor(threads);
    for (var answer : Answer.values()) {
      var requests = new LongAdder();
      asked.put(answer, requests);
      server.createContext(
          "/" + answer,
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer.status, -1);
            exchange.close();
            requests.increment();
          });
    }
    server.start();
  }

  /** Where one listens that answers so. */
  public String url(Answer answer) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + answer;
  }

  /** How many requests were answered so. */
  public long answered(Answer answer) {
    return Objects.requireNonNull(asked.get(answer)).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
