package io.switchhook.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.company.Change;
import io.switchhook.company.Companies;
import io.switchhook.company.Keys;
import io.switchhook.company.SecretBox;
import io.switchhook.company.Webhooks;
import io.switchhook.delivery.memory.MemoryCursorStore;
import io.switchhook.delivery.worker.WebhookStanding;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.PartitionList;
import io.switchhook.history.JournaledHistory;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.live.LiveFeed;
import io.switchhook.replay.Replays;
import io.switchhook.replay.memory.MemoryReplayStore;
import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.source.Sources;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.address.AllowedNetworks;
import io.switchhook.target.address.SystemNameLookup;
import io.switchhook.target.address.TargetUrlCheck;
import io.switchhook.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The API on a free port of the loopback address, over stores of its own. */
final class RunningApi implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final Database database;
  final Companies companies;
  final Keys keys;
  final Webhooks webhooks;
  final MemoryJournal journal;
  final MemoryCursorStore cursors = new MemoryCursorStore();
  final Replays replays;
  final FakeTarget target = new FakeTarget();
  final List<String> unreadiness = new ArrayList<>();
  final FakeSource source = new FakeSource();
  final HttpApi api;
  final LiveFeed live = new LiveFeed(InstantSource.system());
  final String adminKey;

  private final SecureRandom random = new SecureRandom();
  private final Vertx vertx = Vertx.vertx();
  private final Telemetry telemetry = new Telemetry();
  private final ApiServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningApi(Path folder) {
    this(folder, BodyReader.BODY_MILLIS_MAX);
  }

  RunningApi(Path folder, int bodyMillisMax) {
    InstantSource clock = InstantSource.fixed(NOW);
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    companies = Companies.open(database, clock, random);
    keys = Keys.open(database, clock, random);
    webhooks =
        Webhooks.open(
            new Webhooks.Setup(
                database,
                new SecretBox(Bytes.wrap(new byte[SecretBox.KEY_SIZE_BYTES]), random),
                companies,
                TargetPolicies.of(
                    new TargetUrlCheck(
                        new SystemNameLookup(System::nanoTime), AllowedNetworks.NONE)),
                Duration.ofSeconds(15),
                clock,
                random));
    journal = new MemoryJournal(JournalSettings.of(PartitionList::forNewCompany, clock));
    replays =
        new Replays(
            new Replays.Setup(
                new MemoryReplayStore(),
                journal,
                cursors,
                webhooks::catalog,
                PartitionList::forNewCompany,
                clock,
                random));
    webhooks.changeThrough(replays.watching(new OpenFence()));
    api =
        new HttpApi(
            vertx,
            new HttpApi.Parts(
                journal,
                companies,
                keys,
                webhooks,
                new JournaledHistory(journal, new MemoryHistoryStore()),
                target,
                new RequestComposer("test"),
                telemetry,
                () -> List.copyOf(unreadiness),
                clock,
                System::nanoTime,
                random,
                new Sources(
                    List.of(
                        new Sources.Named(
                            "fake",
                            "office",
                            companies.find(Companies.DEFAULT_NAME).orElseThrow().id(),
                            source))),
                replays,
                _ -> WebhookStanding.GOOD,
                live,
                RunningApi::notMeasured),
            bodyMillisMax);
    server =
        ApiServer.start(vertx, api, new ApiServer.Place("127.0.0.1", 0, 2))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    adminKey = done(keys.add(null, JSON.createObjectNode())).text();
  }

  private static DataKept notMeasured() {
    throw new AssertionError("the API does not ask");
  }

  /** Routing that has nothing to hold. */
  private static final class OpenFence implements VersionFence {
    @Override
    public CompletionStage<Map<Integer, Long>> hold(List<Integer> partitions) {
      var offsets = new HashMap<Integer, Long>();
      partitions.forEach(partition -> offsets.put(partition, 0L));
      return CompletableFuture.completedStage(offsets);
    }

    @Override
    public CompletionStage<Void> release(List<Integer> partitions, WebhookCatalog catalog) {
      return CompletableFuture.completedStage(null);
    }
  }

  int port() {
    return server.port();
  }

  /** A request as it is sent: with the admin key and JSON, unless said otherwise. */
  record Call(
      String method, String path, @Nullable String key, Map<String, String> headers, Bytes body) {
    Call withKey(@Nullable String other) {
      return new Call(method, path, other, headers, body);
    }

    Call with(String name, String value) {
      var more = new HashMap<>(headers);
      more.put(name, value);
      return new Call(method, path, key, more, body);
    }
  }

  Call call(String method, String path, String body) {
    return new Call(
        method, path, adminKey, Map.of("Content-Type", "application/json"), Bytes.utf8(body));
  }

  Call get(String path) {
    return new Call("GET", path, adminKey, Map.of(), Bytes.empty());
  }

  HttpResponse<String> send(Call call) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + call.path()))
            .timeout(Duration.ofSeconds(20))
            .method(
                call.method(),
                call.body().size() == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body().array()));
    call.headers().forEach(builder::header);
    if (call.key() != null) {
      builder.header("Authorization", "Bearer " + call.key());
    }
    try {
      return client.send(builder.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(call.method() + " " + call.path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(call(method, path, body));
  }

  /** Everything that a request could have changed. */
  String everything() {
    var text = new StringBuilder();
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      text.append(journal.end(partition)).append(' ');
    }
    for (var company : companies.list()) {
      text.append(company).append(keys.list(company.id())).append(webhooks.list(company.id()));
    }
    return text.append(keys.list(null)).toString();
  }

  List<JournalRecord> eventsOf(CallId call) {
    return journal.partitionsOf(call).stream()
        .flatMap(partition -> journal.readCall(partition, call, 0, 100).stream())
        .toList();
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  static <T> T done(CompletionStage<Change<T>> change) {
    return switch (change.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join()) {
      case Change.Done<T>(var value) -> value;
      case Change<T> other -> throw new AssertionError("not done: " + other);
    };
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    client.close();
    telemetry.close();
    replays.close();
    database.close();
  }
}
