package io.switchhook.runtime;

import io.switchhook.admin.ApiServer;
import io.switchhook.admin.HttpApi;
import io.switchhook.admin.TargetPolicies;
import io.switchhook.company.KeyFile;
import io.switchhook.company.Keys;
import io.switchhook.company.NewKey;
import io.switchhook.company.SecretBox;
import io.switchhook.company.Webhooks;
import io.switchhook.config.Settings;
import io.switchhook.delivery.worker.PartitionWorkers;
import io.switchhook.delivery.worker.WorkerParts;
import io.switchhook.event.Bytes;
import io.switchhook.event.WebhookId;
import io.switchhook.history.HistoryObserver;
import io.switchhook.history.HistoryRepair;
import io.switchhook.history.HistoryWriter;
import io.switchhook.history.JournaledHistory;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.live.LiveFeed;
import io.switchhook.replay.Replays;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.source.AfterCallSource;
import io.switchhook.source.Sources;
import io.switchhook.source.sqlite.SqliteFollowCursors;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.address.AddressGate;
import io.switchhook.target.address.AllowedNetworks;
import io.switchhook.target.address.SystemNameLookup;
import io.switchhook.target.address.TargetUrlCheck;
import io.switchhook.target.netty.NettyTarget;
import io.switchhook.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server, its stages put together in the order of an event's path:
 *
 * <pre>
 *   API ──► journal ──► routing and delivery ──► target
 *               └─► after-call logs └─► history
 * </pre>
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration SECRETS_EVERY = Duration.ofMinutes(5);
  private static final int READER_THREADS = 2;

  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private final InstantSource wallClock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Closings closings = new Closings();
  private final int port;
  private final Optional<NewKey> firstAdminKey;
  private boolean closed;

  /**
   * Starts a server; when it returns the server is ready.
   *
   * @param environment of the process: the secret key and the admin key may be in it
   * @throws StartException with words for the person who started it
   * @throws io.switchhook.sqlite.DataFolderException when the folder is in use or cannot be used
   */
  public static Server start(Settings settings, Map<String, String> environment) {
    return new Server(settings, environment);
  }

  private Server(Settings settings, Map<String, String> environment) {
    try {
      var clock = new EngineClock(wallClock.instant(), System::nanoTime);
      var stores = closings.opened("stores", Stores.open(settings, clock, random, this::fatal));
      var keys = Keys.open(stores.state, clock, random);
      this.firstAdminKey = adminKey(keys, stores, environment);
      var vertx = vertx();
      var names = closings.opened("name lookup", new SystemNameLookup(System::nanoTime));
      var allowed = AllowedNetworks.of(settings.targets().allowedNetworks());
      var webhooks = webhooks(settings, environment, stores, new TargetUrlCheck(names, allowed));
      var target = target(vertx, new AddressGate(names, allowed));
      var telemetry = closings.opened("telemetry", DiskCounters.shownBy(new Telemetry()));
      var history = history(stores, webhooks);
      var composer = RequestComposer.ofThisBuild();
      var replays = replays(stores, webhooks);
      var progress = new DeliveryProgress(replays);
      var workers =
          deliver(
              vertx,
              stores,
              new WorkerParts(
                  EngineTerms.settings(settings, workerCount()),
                  EngineTerms.timesToLive(settings),
                  stores.journal,
                  stores.patientCursors,
                  target,
                  composer,
                  new Observers(observer(history.writer, webhooks), telemetry.delivery(), clock),
                  progress,
                  readers(),
                  clock,
                  wallClock,
                  (webhook, words) -> disable(webhooks, webhook, words),
                  this::fatal),
              webhooks.catalog());
      webhooks.changeThrough(replays.watching(workers));
      dropOldSecrets(vertx, webhooks);
      DeliveryGauges.watch(telemetry.delivery(), workers, replays);
      resume(workers, stores, replays, afterCalls(stores, workers, telemetry));
      var retention = new OpenRetention(settings, stores, history.writer, webhooks);
      closings.add("retention", retention.start(workers, progress, telemetry, clock));
      var sources = sources(settings, stores, telemetry);
      this.port =
          listen(
              vertx,
              settings,
              new HttpApi.Parts(
                  stores.journal,
                  stores.companies,
                  keys,
                  webhooks,
                  history.reader,
                  target,
                  composer,
                  telemetry,
                  () -> unreadiness(stores),
                  wallClock,
                  System::nanoTime,
                  random,
                  sources,
                  replays,
                  workers::standing,
                  history.live,
                  new MeasureData(settings, stores)::now));
      sources.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The port that the API listens on. */
  public int port() {
    return port;
  }

  /**
   * The admin key that was made by this very start, to be shown once; empty on every later start.
   */
  public Optional<String> firstAdminKey() {
    return firstAdminKey.map(NewKey::text);
  }

  /** Completes when the server can no longer keep its promises: the process must end. */
  public CompletionStage<Throwable> broken() {
    return broken;
  }

  /**
   * Takes nothing new, lets attempts under way end, stores everything, and lets go of the folder.
   * Safe to call twice.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closings.close();
  }

  private Optional<NewKey> adminKey(Keys keys, Stores stores, Map<String, String> environment) {
    try {
      var given = environment.get(Keys.ENVIRONMENT_KEY_VARIABLE);
      if (given != null) {
        keys.acceptFromEnvironment(given);
      }
      return keys.makeFirstAdminKey(stores.folder.path());
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StartException("The admin key cannot be written: " + e.getMessage(), e);
    }
  }

  private Vertx vertx() {
    var vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
    closings.add(
        "event loops", () -> vertx.close().toCompletionStage().toCompletableFuture().get());
    return vertx;
  }

  private Webhooks webhooks(
      Settings settings, Map<String, String> environment, Stores stores, TargetUrlCheck check) {
    return Webhooks.open(
        new Webhooks.Setup(
            stores.state,
            new SecretBox(secretKey(stores, environment), random),
            stores.companies,
            TargetPolicies.of(check),
            settings.delivery().timeout(),
            wallClock,
            random));
  }

  private Bytes secretKey(Stores stores, Map<String, String> environment) {
    try {
      var given = environment.get(KeyFile.SECRET_KEY_VARIABLE);
      return switch (KeyFile.secretKey(stores.folder.path(), given, random)) {
        case KeyFile.Found.Key(var bytes) -> bytes;
        case KeyFile.Found.Malformed(var words) -> throw new StartException(words);
      };
    } catch (IOException e) {
      throw new StartException("The secret key cannot be read or written: " + e.getMessage(), e);
    }
  }

  private NettyTarget target(Vertx vertx, AddressGate gate) {
    return closings.opened("target", new NettyTarget(vertx, gate, wallClock, System::nanoTime));
  }

  private Replays replays(Stores stores, Webhooks webhooks) {
    return closings.opened("replays", ReplayParts.replays(stores, webhooks, random));
  }

  private record HistoryParts(HistoryWriter writer, JournaledHistory reader, LiveFeed live) {}

  private HistoryParts history(Stores stores, Webhooks webhooks) {
    var store = new SqliteHistoryStore(stores.folder.resolve("history"));
    closings.add("history", store);
    var truth =
        new HistoryRepair.Truth(
            stores.partitions,
            stores.cursors::giveUps,
            record -> WhoWants.it(record, webhooks.catalog()));
    var writer = new HistoryWriter(store, new HistoryRepair(store, stores.journal, truth));
    closings.add("history writer", writer);
    var live = new LiveFeed(wallClock);
    writer.listen(live);
    writer.start();
    return new HistoryParts(writer, new JournaledHistory(stores.journal, store), live);
  }

  private static HistoryObserver observer(HistoryWriter writer, Webhooks webhooks) {
    return new HistoryObserver(
        writer,
        (company, id) ->
            webhooks
                .find(company, id)
                .map(webhook -> webhook.settings().request().targetUrl().getRawAuthority()));
  }

  private PartitionWorkers deliver(
      Vertx vertx, Stores stores, WorkerParts parts, WebhookCatalog catalog) {
    var workers = new PartitionWorkers(vertx, workerCount(), parts, catalog);
    closings.add(
        "delivery",
        () -> {
          // A full disk must not keep the server from stopping.
          stores.patientCursors.hurry();
          workers.stop(STOP_PATIENCE).toCompletableFuture().get();
        });
    return workers;
  }

  private ExecutorService readers() {
    var readers =
        Executors.newFixedThreadPool(
            READER_THREADS, Thread.ofPlatform().name("journal-reader-", 0).daemon().factory());
    closings.add("journal readers", readers);
    return readers;
  }

  private static int workerCount() {
    return Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
  }

  private void dropOldSecrets(Vertx vertx, Webhooks webhooks) {
    var rounds = DropOldSecrets.every(SECRETS_EVERY, vertx, webhooks::dropOldSecrets);
    closings.add("old signing secrets", rounds);
  }

  /** Goes on with what was pending, and with what was being told again. */
  private static void resume(
      PartitionWorkers workers, Stores stores, Replays replays, AfterCallSource afterCalls) {
    var teller = new Replays.Teller(workers::start, workers::end);
    var unfinished = replays.resume(stores.partitions, teller);
    workers.open(stores.partitions, unfinished).toCompletableFuture().join();
    afterCalls.start();
  }

  private AfterCallSource afterCalls(Stores stores, PartitionWorkers workers, Telemetry telemetry) {
    var source =
        new AfterCallSource(
            new AfterCallSource.Parts(
                stores.journal, new SqliteFollowCursors(stores.state, "after-call"), stores.clock),
            company -> stores.companies.find(company).map(it -> it.afterCallLogs()).orElse(false),
            this::fatal);
    closings.add("after-call logs", source);
    telemetry.journal().watchSkippedCalls(source::skippedCalls);
    stores.journal.listen(
        (partition, records) -> {
          workers.appended(partition, records);
          source.appended(partition, records);
        });
    return source;
  }

  private Sources sources(Settings settings, Stores stores, Telemetry telemetry) {
    var sources = new OpenSources(stores, telemetry, random, this::fatal).open(settings.sources());
    closings.add("sources", sources);
    return sources;
  }

  private int listen(Vertx vertx, Settings settings, HttpApi.Parts parts) {
    var place =
        new ApiServer.Place(settings.server().bind(), settings.server().port(), workerCount());
    try {
      var api =
          ApiServer.start(vertx, new WebFront(vertx, parts)::handler, place)
              .toCompletionStage()
              .toCompletableFuture()
              .get();
      closings.add("API", () -> api.close().toCompletionStage().toCompletableFuture().get());
      return api.port();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while starting.", e);
    } catch (ExecutionException e) {
      throw new StartException(
          "Cannot listen on "
              + settings.server().bind()
              + ":"
              + settings.server().port()
              + ": "
              + messageOf(e.getCause()),
          e);
    }
  }

  private static String messageOf(@Nullable Throwable cause) {
    return cause == null ? "for an unknown reason" : String.valueOf(cause.getMessage());
  }

  private static void disable(Webhooks webhooks, WebhookId webhook, String words) {
    webhooks
        .disable(webhook, words)
        .whenComplete(
            (change, failure) ->
                LOG.atWarn()
                    .addKeyValue("webhook", webhook)
                    .addKeyValue("reason", words)
                    .addKeyValue(
                        "result", failure == null ? change.getClass().getSimpleName() : failure)
                    .log("webhook.disabled"));
  }

  private List<String> unreadiness(Stores stores) {
    if (broken.isDone()) {
      return List.of("The server is ending: a store or the engine failed.");
    }
    return stores.patientCursors.isWaiting()
        ? List.of(
            "The disk is full: what is delivered cannot be noted, and would be told again after a"
                + " crash. Make room on the disk of data.directory.")
        : List.of();
  }

  /** A store or the engine failed: only a restart knows what is durable. */
  private void fatal(Throwable failure) {
    if (broken.complete(failure)) {
      LOG.atError().setCause(failure).log("server.broken");
    }
  }
}
