package io.switchhook.bench.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.bench.process.ServerMetrics;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import io.switchhook.command.client.Api;
import io.switchhook.event.WebhookId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A server on a data folder, with what this scenario asks of it. */
public final class RunningServer implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final String COMPANY = "default";
  private static final String DROPPED = "journal.day_dropped";
  private static final String SETTINGS =
      """
      targets: {allowed-networks: ["127.0.0.0/8"]}
      data: {minimum-free: 16MB, retention: RETENTION, dedupe-window: 1h}
      delivery:
        retry-schedule: [1h, 1h]
        time-to-live: {in-call: 72h}
      """;

  private final ServerProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Api api;
  private final Map<String, String> lines;

  private RunningServer(ServerProcess process, Map<String, String> lines) {
    this.process = process;
    this.lines = lines;
    this.api =
        new Api(URI.create(process.url()), new Api.Access(ServerProcess.ADMIN_KEY, "the bench"));
  }

  /** How long the steps of dropping a day took. */
  public record Dropped(long givingUpMillis, long deletingMillis) {}

  /** Starts a server that keeps events for so long. */
  public static RunningServer start(Path folder, String retention, List<String> options)
      throws IOException, InterruptedException {
    var config =
        Files.writeString(
            folder.resolve("switchhook.yaml"), SETTINGS.replace("RETENTION", retention));
    var lines = new ConcurrentHashMap<String, String>();
    var launch =
        new Launch(
            config,
            folder.resolve("data"),
            options,
            line -> {
              if (line.contains(DROPPED)) {
                lines.put(DROPPED, line);
              }
            });
    return new RunningServer(ServerProcess.start(launch), lines);
  }

  /** From the start of the process to the line that says that it is ready. */
  public Duration readyAfter() {
    return process.readyAfter();
  }

  /** Sets up a webhook that wants every event of the first company. */
  public WebhookId webhook(String name, String url) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("trigger", "in_call").put("target_url", url);
    var added = api.post(Api.path("companies", COMPANY, "webhooks"), json);
    return new WebhookId(added.body().path("id").asText());
  }

  /** Sets up a company that has no webhooks. */
  public void company(String name) {
    api.post(Api.path("companies"), JsonNodeFactory.instance.objectNode().put("name", name));
  }

  /** Asks for everything that this webhook was ever told to be told again. */
  public void replay(WebhookId webhook, Instant from) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("from", from.toString()).put("to", Instant.now().toString()).put("only", "all");
    api.post(Api.path("companies", COMPANY, "webhooks", webhook.value(), "replays"), json);
  }

  /** How many events of a webhook went by retention. */
  public long givenUpForRetention(WebhookId webhook) {
    var shown = api.get(Api.path("companies", COMPANY, "webhooks", webhook.value()));
    return shown.body().path("given_up").path("retention").asLong();
  }

  /** What it says of itself. */
  public ServerMetrics metrics() {
    try {
      return ServerMetrics.of(http, process.url(), ServerProcess.ADMIN_KEY)
          .orElse(ServerMetrics.NONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Hands in one event of a company; returns how long it took to be durable. */
  public Duration append(String company, String uid) {
    var log = FillJournal.log(uid, 0);
    var began = System.nanoTime();
    var answer = api.tryPost(Api.path("companies", company, "events"), log, Api.NDJSON);
    if (!answer.isSuccess()) {
      throw new IllegalStateException("an event is refused: " + api.reason(answer));
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** How it let a day go; empty while it has not. */
  public Optional<Dropped> dropped() {
    return Optional.ofNullable(lines.get(DROPPED))
        .map(line -> new Dropped(number(line, "given_up_ms"), number(line, "duration_ms")));
  }

  private static long number(String line, String name) {
    var found = Pattern.compile(name + "=\"(\\d+)\"").matcher(line);
    if (!found.find()) {
      throw new IllegalStateException("it does not say " + name + ": " + line);
    }
    return Long.parseLong(found.group(1));
  }

  /** Waits until it is so. */
  public void await(String what, BooleanSupplier condition, Duration patience) {
    var until = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until >= 0) {
        throw new IllegalStateException(
            "not within %d s: %s".formatted(patience.toSeconds(), what));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** Stops it as at a shutdown. */
  public void stop() throws InterruptedException {
    if (process.stop() != 0) {
      throw new IllegalStateException("The server failed:\n" + String.join("\n", process.output()));
    }
  }

  @Override
  public void close() {
    api.close();
    http.close();
    process.close();
  }
}
