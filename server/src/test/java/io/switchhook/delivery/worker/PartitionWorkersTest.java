package io.switchhook.delivery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.Observer;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Progress;
import io.switchhook.delivery.engine.EngineSettings;
import io.switchhook.delivery.engine.RetrySchedule;
import io.switchhook.delivery.memory.MemoryCursorStore;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Target;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What workers do when something that they were told to carry out fails. */
class PartitionWorkersTest {
  private static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");
  private static final int PARTITION = 7;

  private final InstantSource clock = InstantSource.system();
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService readers = Executors.newSingleThreadExecutor();
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(_ -> new PartitionList(List.of(PARTITION)), clock));
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

  @AfterEach
  void stop() throws Exception {
    readers.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void webhookWhoseRequestsCannotBeComposedFailsAloneAndIsSaidToHaveFailed() throws Exception {
    var broken = webhook("broken", new RequestShape.Signing(List.of("whsec_not base64!")));
    var healthy = webhook("healthy", null);
    var workers = workers(new Failing(new MemoryCursorStore()), List.of(broken, healthy));
    open(workers, 0);

    append("call.1");
    append("call.2");

    assertThat(told.poll(10, TimeUnit.SECONDS)).endsWith("/healthy");
    assertThat(told.poll(10, TimeUnit.SECONDS)).endsWith("/healthy");
    assertThat(List.of(nextOutcome(), nextOutcome(), nextOutcome(), nextOutcome()))
        .filteredOn(Outcome.Unreachable.class::isInstance)
        .hasSize(2)
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Unreachable) outcome).reason())
                    .isEqualTo(Outcome.Reason.NO_REQUEST));
    assertThat(fatal).isNotDone();
    workers.stop(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void readOfWhatWasGivenUpIsMadeAgainWhenTheStoreFailed() throws Exception {
    var reads = new AtomicInteger();
    var cursors =
        new Failing(new MemoryCursorStore()) {
          @Override
          public List<GiveUp> giveUps(int partition, long from, long to) {
            if (reads.getAndIncrement() == 0) {
              throw new IllegalStateException("the store is busy");
            }
            return super.giveUps(partition, from, to);
          }
        };
    append("call.1");
    append("call.1");
    var workers = workers(cursors, List.of(webhook("healthy", null)));

    open(workers, 1);

    assertThat(told.poll(10, TimeUnit.SECONDS)).endsWith("/healthy");
    assertThat(reads).hasValue(2);
    workers.stop(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void stopEndsAlthoughCursorsCanNoLongerBeStored() throws Exception {
    var cursors =
        new Failing(new MemoryCursorStore()) {
          @Override
          public CompletionStage<Committed> commit(CursorCommit commit) {
            return CompletableFuture.failedStage(new IllegalStateException("no disk"));
          }
        };
    var workers = workers(cursors, List.of(webhook("healthy", null)));
    open(workers, 0);
    append("call.1");
    assertThat(told.poll(10, TimeUnit.SECONDS)).endsWith("/healthy");

    var stopped = workers.stop(Duration.ofSeconds(1)).toCompletableFuture();

    stopped.get(10, TimeUnit.SECONDS);
    assertThat(fatal.get(10, TimeUnit.SECONDS)).hasMessage("no disk");
  }

  private Outcome nextOutcome() throws InterruptedException {
    var outcome = outcomes.poll(10, TimeUnit.SECONDS);
    assertThat(outcome).as("an outcome within 10 s").isNotNull();
    return outcome;
  }

  private void append(String uid) {
    var number = journal.end(PARTITION);
    journal.append(
        List.of(
            new NewRecord(
                new CallId(COMPANY, uid),
                Kind.IN_CALL,
                0,
                clock.instant(),
                Identity.ofName("event " + number),
                Bytes.utf8("{\"uid\":\"" + uid + "\",\"call_state\":\"1\"}"))));
  }

  private PartitionWorkers workers(CursorStore cursors, List<WebhookCatalog.Entry> webhooks) {
    var workers =
        new PartitionWorkers(
            vertx,
            1,
            new WorkerParts(
                EngineSettings.standard(
                    new RetrySchedule(List.of(Duration.ofHours(1))), 1 << 20, 1),
                (_, event, _) -> event.acceptedAt().plus(Duration.ofDays(1)),
                journal,
                cursors,
                new Answering(),
                new RequestComposer("test"),
                new Listening(),
                new Unheard(),
                readers,
                clock,
                clock,
                (_, _) -> {},
                fatal::complete),
            new WebhookCatalog(webhooks));
    journal.listen(workers);
    return workers;
  }

  private static void open(PartitionWorkers workers, long watermark) throws Exception {
    workers
        .open(List.of(new PartitionState(PARTITION, 1, watermark, List.of())), List.of())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static WebhookCatalog.Entry webhook(String name, RequestShape.@Nullable Signing signing) {
    var shape =
        new RequestShape(
            URI.create("http://127.0.0.1/" + name),
            RequestShape.Method.POST,
            RequestShape.BodyDress.JSON,
            List.of(),
            List.of(),
            null,
            signing,
            Duration.ofSeconds(1));
    var settings =
        new WebhookSettings(
            name, Trigger.IN_CALL, List.of(), shape, null, WebhookSettings.Superseded.TELL);
    return new WebhookCatalog.Entry(
        new Webhook(
            new WebhookId("wh_" + name), COMPANY, settings, 1, null, Instant.EPOCH, Instant.EPOCH),
        List.of(new WebhookVersion(Trigger.IN_CALL, List.of(), true, Map.of())));
  }

  /** Answers 200 to everything. */
  private final class Answering implements Target {
    @Override
    public void attempt(OutgoingRequest request, Consumer<Outcome> done) {
      told.add(request.url().toString());
      var answer = new Outcome.Answer(List.of(), Bytes.empty(), false);
      vertx
          .getOrCreateContext()
          .runOnContext(_ -> done.accept(new Outcome.Delivered(200, answer, Duration.ZERO)));
    }

    @Override
    public void close() {}
  }

  private final class Listening implements Observer {
    @Override
    public void routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled) {}

    @Override
    public void attempted(AttemptReport report) {
      outcomes.add(report.outcome());
    }

    @Override
    public void gaveUp(WebhookId webhook, JournalRecord event, GiveUp.Reason reason, Instant at) {}

    @Override
    public void committed(int partition, long watermark) {}
  }

  /** A store of which one method is to fail. */
  private static class Failing implements CursorStore {
    private final CursorStore store;

    Failing(CursorStore store) {
      this.store = store;
      var _ = store.acquire(PARTITION);
    }

    @Override
    public PartitionState acquire(int partition) {
      return store.acquire(partition);
    }

    @Override
    public CompletionStage<Committed> commit(CursorCommit commit) {
      return store.commit(commit);
    }

    @Override
    public List<GiveUp> giveUps(int partition, long from, long to) {
      return store.giveUps(partition, from, to);
    }

    @Override
    public List<GiveUp> giveUpsOf(WebhookId webhook, int partition, long from, int max) {
      return store.giveUpsOf(webhook, partition, from, max);
    }

    @Override
    public long forgetGiveUps(int partition, long toOffsetExclusive, Instant recordedBefore) {
      return 0;
    }

    @Override
    public Instant highestEngineTime() {
      return store.highestEngineTime();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class Unheard implements Progress {
    @Override
    public void replayEnded(int partition, Feed feed, long done) {}

    @Override
    public void retired(int partition, long floor) {}
  }
}
