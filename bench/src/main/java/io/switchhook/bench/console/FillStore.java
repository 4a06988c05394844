package io.switchhook.bench.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.bench.report.Numbers;
import io.switchhook.command.client.Api;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills a server's store as real calls do: logs are handed in, told to two webhooks, of which one
 * fails now and then, and written to history by the server itself.
 */
public final class FillStore implements AutoCloseable {
  private static final int CALLS_OF_REQUEST = 300;
  private static final int FAILS_EVERY = 50;
  private static final int RECEIVER_THREADS = 4;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final String COMPANY = "default";

  private final Api api;
  private final Terminal terminal;
  private final HttpServer receiver;
  private final ExecutorService threads = Executors.newFixedThreadPool(RECEIVER_THREADS);
  private final AtomicLong requests = new AtomicLong();
  private final List<String> webhooks = new ArrayList<>();

  /** Starts a receiver and sets up the webhooks that point to it. */
  public FillStore(Api api, Terminal terminal) throws IOException {
    this.api = api;
    this.terminal = terminal;
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    receiver.setExecutor(threads);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          var isFailing = exchange.getRequestURI().getPath().endsWith("/failing");
          var fails = isFailing && requests.incrementAndGet() % FAILS_EVERY == 0;
          exchange.sendResponseHeaders(fails ? 503 : 204, -1);
          exchange.close();
        });
    receiver.start();
    webhooks.add(webhook("CRM", "/crm", "2", "9"));
    webhooks.add(webhook("Screen pop", "/failing", "5"));
  }

  private String webhook(String name, String path, String... states) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("trigger", "in_call");
    json.put("target_url", "http://127.0.0.1:" + receiver.getAddress().getPort() + path);
    var in = json.putArray("conditions").addObject().put("field", "call_state").putArray("in");
    for (var state : states) {
      in.add(state);
    }
    return api.post(Api.path("companies", COMPANY, "webhooks"), json).body().path("id").asText();
  }

  /** The webhooks' ids. */
  public List<String> webhooks() {
    return List.copyOf(webhooks);
  }

  /** Hands in so many calls, and returns when all of them are told and can be searched. */
  public void fill(int calls, Duration patience) {
    var path = Api.path("companies", COMPANY, "events");
    for (var first = 0; first < calls; first += CALLS_OF_REQUEST) {
      var logs = new StringBuilder();
      for (var number = first; number < Math.min(calls, first + CALLS_OF_REQUEST); number++) {
        logs.append(new MadeCall(number).logs(Instant.now()));
      }
      var answer = api.tryPost(path, logs.toString(), Api.NDJSON);
      if (!answer.isSuccess()) {
        throw new IllegalStateException("the calls are refused: " + api.reason(answer));
      }
      if (first / CALLS_OF_REQUEST % 50 == 0) {
        terminal
            .err()
            .println(Numbers.count(first) + " of " + Numbers.count(calls) + " calls handed in");
      }
    }
    var until = Instant.now().plus(patience);
    while (!isWritten(new MadeCall(calls - 1))) {
      if (Instant.now().isAfter(until)) {
        throw new IllegalStateException(
            "what was handed in is not told and written within " + patience.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private boolean isWritten(MadeCall last) {
    var query = Api.query(Map.of("number", last.customer()));
    var found = api.get(Api.path("companies", COMPANY, "calls") + query).body().path("calls");
    return found.path(0).path("events").asInt() == MadeCall.EVENTS
        && webhooks.stream().allMatch(this::isTold);
  }

  private boolean isTold(String webhook) {
    var shown = api.get(Api.path("companies", COMPANY, "webhooks", webhook)).body();
    return shown.path("backlog").asLong() == 0;
  }

  @Override
  public void close() {
    receiver.stop(0);
    threads.shutdownNow();
  }
}
