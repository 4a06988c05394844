package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.Switchhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The program as a process that may be killed, and a receiver that keeps what it is told. */
final class LabServer implements AutoCloseable {
  private static final String KEY = "a key of more than thirty-two characters";
  private static final String READY = "Switchhook is ready: http://127.0.0.1:";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpServer receiver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final List<JsonNode> inCall = new CopyOnWriteArrayList<>();
  private final List<JsonNode> afterCall = new CopyOnWriteArrayList<>();
  private final Semaphore heard = new Semaphore(0);
  private Process process;
  private int port;

  /** A server with these sources (YAML), and a webhook of each kind that tells the receiver. */
  LabServer(Path folder, String sources) throws IOException, InterruptedException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("switchhook.yaml"),
        """
        server: {port: 0}
        data: {directory: "%s", minimum-free: 1MB}
        targets: {allowed-networks: [127.0.0.0/8]}
        %s
        """
            .formatted(folder.resolve("data"), sources));
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keep("/in-call", inCall);
    keep("/after-call", afterCall);
    receiver.start();
    start();
    webhook("in_call", "/in-call");
    webhook("after_call", "/after-call");
  }

  private void keep(String path, List<JsonNode> logs) {
    receiver.createContext(
        path,
        exchange -> {
          var id = exchange.getRequestHeaders().getFirst("webhook-id");
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var form = URLDecoder.decode(body, StandardCharsets.UTF_8);
          // What was told just before a crash may come again, and says so by its id.
          if (ids.add(id)) {
            logs.add(JSON.readTree(form.substring(form.indexOf('=') + 1)));
          }
          heard.release();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
  }

  private void webhook(String trigger, String path) {
    var url = "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    post("/webhooks", "{\"trigger\":\"" + trigger + "\",\"target_url\":\"" + url + "\"}");
  }

  /** Starts the program, and returns when it is ready. */
  void start() throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Switchhook.class.getName(),
            "serve",
            "--config",
            folder.resolve("switchhook.yaml").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHHOOK_"));
    builder.environment().put("SWITCHHOOK_ADMIN_KEY", KEY);
    builder.environment().put("SWITCHHOOK_LOG_LEVEL", "INFO");
    builder.environment().put("LAB_SECRET", "lab-only-switchhook");
    process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    long until = System.nanoTime() + PATIENCE.toNanos();
    var ready = Optional.<String>empty();
    while (ready.isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException(log());
      }
      pause();
      ready = log().lines().filter(line -> line.startsWith(READY)).findFirst();
    }
    port = Integer.parseInt(ready.get().substring(READY.length()).strip());
  }

  /** What the program has written since its start. */
  String log() throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  JsonNode source(String name) {
    return get("/sources/" + name);
  }

  /** Waits until a source hears, again since this moment when it did before. */
  void awaitHearing(String name, String notSince) throws InterruptedException {
    until(
        () -> source(name),
        it ->
            it.path("state").asText().equals("connected")
                && !it.path("since").asText().equals(notSince));
  }

  void awaitDeaf(String name) throws InterruptedException {
    until(() -> source(name), it -> it.path("state").asText().equals("deaf"));
  }

  void until(Supplier<JsonNode> read, Predicate<JsonNode> awaited) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!awaited.test(read.get())) {
      assertThat(System.nanoTime()).as(read.get().toString()).isLessThan(until);
      pause();
    }
  }

  /** The in-call logs of the call one of whose logs is such, once it is over. */
  List<JsonNode> storyWhere(Predicate<JsonNode> isOfIt) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var uid = inCall.stream().filter(isOfIt).findFirst().map(it -> it.path("uid").asText());
      var logs = uid.map(this::inCallOf).orElse(List.of());
      if (logs.stream().anyMatch(it -> !it.path("status").isNull())) {
        return logs;
      }
      assertThat(System.nanoTime()).as("the call is not over: " + logs).isLessThan(until);
      pause();
    }
  }

  /** All that was told of a call while it was. */
  List<JsonNode> inCallOf(String uid) {
    return inCall.stream().filter(it -> it.path("uid").asText().equals(uid)).toList();
  }

  /** The after-call logs of a call, once there is one. */
  List<JsonNode> afterCallOf(String uid) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var logs =
          afterCall.stream()
              .filter(it -> it.path("_pm").path(0).path("vl").asText().equals(uid))
              .toList();
      if (!logs.isEmpty()) {
        return logs;
      }
      assertThat(System.nanoTime()).as("no after-call log of " + uid).isLessThan(until);
      pause();
    }
  }

  private void pause() throws InterruptedException {
    var _ = heard.tryAcquire(50, TimeUnit.MILLISECONDS);
  }

  JsonNode get(String path) {
    return send("GET", path, "");
  }

  JsonNode post(String path, String body) {
    return send("POST", path, body);
  }

  private JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/companies/default" + path))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    receiver.stop(0);
    http.close();
  }
}
