package io.switchhook.delivery.worker;

import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.engine.Engine.Load;
import io.switchhook.delivery.engine.Input;
import io.switchhook.delivery.worker.WebhookStanding.BreakerState;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All workers: shares the partitions out among them, and lets a webhook's change take hold in all
 * of them.
 */
public final class PartitionWorkers implements VersionFence, Journal.Listener {
  private final Journal journal;
  private final InstantSource engineTime;
  private final List<PartitionWorker> workers = new ArrayList<>();

  /**
   * Makes {@code count} workers, each on an event loop of its own; they have nothing to do until
   * {@link #open}.
   */
  public PartitionWorkers(Vertx vertx, int count, WorkerParts parts, WebhookCatalog catalog) {
    this.journal = parts.journal();
    this.engineTime = parts.engineTime();
    for (int i = 0; i < count; i++) {
      var context = ((VertxInternal) vertx).createEventLoopContext();
      workers.add(new PartitionWorker(vertx, context, parts, catalog));
    }
  }

  /** Begins to deliver these partitions; completes when all of them are open. */
  public CompletionStage<Void> open(List<PartitionState> states, List<Replay> replays) {
    return all(
        states.stream()
            .map(
                state ->
                    worker(state.partition())
                        .tell(
                            new Input.Opened(
                                state,
                                journal.end(state.partition()),
                                replaysIn(state.partition(), replays)))));
  }

  private static List<Replay> replaysIn(int partition, List<Replay> replays) {
    return replays.stream().filter(replay -> replay.ends().containsKey(partition)).toList();
  }

  /** Begins to tell again; completes when all of its partitions have begun. */
  public CompletionStage<Void> start(Replay replay) {
    return all(
        replay.ends().keySet().stream()
            .map(partition -> worker(partition).tell(new Input.StartReplay(partition, replay))));
  }

  /** A replay is over, told to its end or not: nothing more of it starts. */
  public CompletionStage<Void> end(Replay replay) {
    return all(
        replay.ends().keySet().stream()
            .map(
                partition ->
                    worker(partition).tell(new Input.EndReplay(partition, replay.feed()))));
  }

  /** Gives up what is pending below {@code floor}; {@code Progress} hears when that is durable. */
  public CompletionStage<Void> retire(int partition, long floor) {
    return worker(partition).tell(new Input.Retire(partition, floor));
  }

  @Override
  public void appended(int partition, List<JournalRecord> records) {
    worker(partition).tell(new Input.Appended(partition, records));
  }

  @Override
  public CompletionStage<Map<Integer, Long>> hold(List<Integer> partitions) {
    return all(partitions.stream()
            .map(partition -> worker(partition).tell(new Input.Hold(partition))))
        .thenApply(
            _ -> {
              var ends = new HashMap<Integer, Long>();
              partitions.forEach(partition -> ends.put(partition, journal.end(partition)));
              return ends;
            });
  }

  @Override
  public CompletionStage<Void> release(List<Integer> partitions, WebhookCatalog catalog) {
    return all(workers.stream().map(worker -> worker.tell(new Input.Release(partitions, catalog))));
  }

  /** Stops: no new attempts, {@code patience} for those under way, then everything is stored. */
  public CompletionStage<Void> stop(Duration patience) {
    return all(workers.stream().map(worker -> worker.stop(patience)));
  }

  /** How much is going on in all workers together. */
  public Load load() {
    return new Load(
        sum(Load::inFlight),
        sum(Load::lanes),
        sum(Load::commitsUnderWay),
        workers.stream().map(PartitionWorker::load).mapToLong(Load::bytesAtHand).sum(),
        sum(Load::detached));
  }

  /** How a webhook stands; the worst of all workers, each of which has a breaker for it. */
  public WebhookStanding standing(WebhookId webhook) {
    var until =
        workers.stream()
            .flatMap(worker -> worker.standings().openUntil(webhook).stream())
            .max(Comparator.naturalOrder());
    var partitions =
        workers.stream().mapToInt(one -> one.standings().detachedPartitions(webhook)).sum();
    var since =
        workers.stream()
            .flatMap(worker -> worker.standings().since(webhook).stream())
            .min(Comparator.naturalOrder())
            .orElse(null);
    if (until.isEmpty()) {
      return new WebhookStanding(partitions, BreakerState.CLOSED, null, since);
    }
    return until.get().isAfter(engineTime.instant())
        ? new WebhookStanding(partitions, BreakerState.OPEN, until.get(), since)
        : new WebhookStanding(partitions, BreakerState.HALF_OPEN, null, since);
  }

  /** How many webhooks read some partition for themselves. */
  public long detachedWebhooks() {
    return workers.stream().flatMap(one -> one.standings().detached().stream()).distinct().count();
  }

  /** How many webhooks have a breaker that is not closed. */
  public long openBreakers() {
    return workers.stream().flatMap(one -> one.standings().notClosed().stream()).distinct().count();
  }

  private int sum(Function<Load, Integer> part) {
    return workers.stream().map(PartitionWorker::load).mapToInt(part::apply).sum();
  }

  /** Partitions of one company are spread evenly: it has one of each block of 32. */
  private PartitionWorker worker(int partition) {
    return workers.get(partition / 32 % workers.size());
  }

  private static CompletionStage<Void> all(Stream<CompletionStage<Void>> stages) {
    return CompletableFuture.allOf(
        stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }
}
