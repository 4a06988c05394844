package io.switchhook.replay;

import io.switchhook.company.Change;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Progress;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.Journal;
import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * asked ─counted─► RUNNING ─all partitions told their end──────────────────────────────► DONE
 *                     │
 *                     └─somebody cancels it, or its webhook is disabled or deleted──► CANCELLED
 *
 * What is told again, and how far that is, is the engine's: its cursors say it after a crash. Here is kept what was asked for, so
 * that the engine is asked again at the next start until it is over. A replay is kept before the engine hears of it, and is
 * over durably before the engine forgets it; so a crash between the two costs nothing but cursors that nobody wants, which
 * the engine drops by itself.
 *
 * Changes are carried out one after the other on a thread of their own. A change of a webhook is heard behind the fence: a replay
 * that was begun by the catalog before it is in the map by then, and is ended.
 */
/** All replays: begins, follows, ends and shows them. Methods may be called from any thread. */
public final class Replays implements Progress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

  private final Setup setup;
  private final PlanReplay planReplay;
  private final Lines lines = new Lines();
  private final Map<ReplayId, RunningReplay> running = new ConcurrentHashMap<>();
  private volatile Teller teller = Teller.NONE;

  /**
   * What replays are made of.
   *
   * @param partitions of a company
   * @param engineTime never goes back
   */
  public record Setup(
      ReplayStore store,
      Journal journal,
      CursorStore cursors,
      Supplier<WebhookCatalog> catalog,
      Function<CompanyId, PartitionList> partitions,
      InstantSource engineTime,
      RandomGenerator random) {}

  /**
   * Who tells: begins, and ends, a replay in all of its partitions.
   *
   * @param start does nothing for a webhook that is disabled or deleted
   */
  public record Teller(
      Function<Replay, CompletionStage<Void>> start, Function<Replay, CompletionStage<Void>> end) {
    static final Teller NONE =
        new Teller(
            _ -> CompletableFuture.completedStage(null),
            _ -> CompletableFuture.completedStage(null));
  }

  /** Replays over this store; {@link #resume} must be called before the first is asked for. */
  public Replays(Setup setup) {
    this.setup = setup;
    this.planReplay = new PlanReplay(setup, lines::isClosed);
  }

  /**
   * Goes on where the last run stopped. Returns what is to be told on; what can no longer be told
   * is cancelled. Blocks.
   *
   * @throws ReplayStoreException when the store fails
   */
  public List<Replay> resume(List<PartitionState> states, Teller who) {
    teller = who;
    for (var stored : setup.store().running()) {
      var objection = objection(setup.catalog().get(), stored.replay().webhook());
      if (objection.isPresent()) {
        setup.store().update(stored.cancelledAt(now(), objection.get()));
      } else {
        var replay = stored.replay();
        running.put(replay.id(), new RunningReplay(stored, doneBefore(states, replay.feed())));
      }
    }
    return unfinished();
  }

  /** What is being told again. */
  public List<Replay> unfinished() {
    return running.values().stream().map(RunningReplay::replay).toList();
  }

  private static Map<Integer, Long> doneBefore(List<PartitionState> states, Feed feed) {
    var done = new HashMap<Integer, Long>();
    for (var state : states) {
      state.feeds().stream()
          .filter(cursor -> cursor.feed().equals(feed))
          .forEach(cursor -> done.put(state.partition(), cursor.done()));
    }
    return done;
  }

  /** A fence that lets these replays hear of each change of a webhook. */
  public VersionFence watching(VersionFence fence) {
    return new VersionFence() {
      @Override
      public CompletionStage<Map<Integer, Long>> hold(List<Integer> partitions) {
        return fence.hold(partitions);
      }

      @Override
      public CompletionStage<Void> release(List<Integer> partitions, WebhookCatalog catalog) {
        return fence
            .release(partitions, catalog)
            .thenRun(() -> lines.change(() -> cancelUnwanted(catalog)));
      }
    };
  }

  /** Which webhook is asked for. */
  public record Which(CompanyId company, WebhookId webhook) {}

  /** True when the company has such a webhook. */
  public boolean knows(Which which) {
    return webhook(which).isPresent();
  }

  /** Counts what would be told again, and starts nothing. */
  public CompletionStage<Change<StoredReplay>> count(Which which, Asked asked) {
    return webhook(which)
        .map(entry -> lines.count(() -> planned(entry, asked)))
        .orElseGet(() -> CompletableFuture.completedStage(new Change.NotFound<>()));
  }

  /** Counts what is asked for and begins to tell it. */
  public CompletionStage<Change<StoredReplay>> start(Which which, Asked asked) {
    return webhook(which)
        .map(
            entry ->
                lines
                    .count(() -> refusal(which).orElseGet(() -> planned(entry, asked)))
                    .thenCompose(this::begin))
        .orElseGet(() -> CompletableFuture.completedStage(new Change.NotFound<>()));
  }

  private Optional<Entry> webhook(Which which) {
    return setup
        .catalog()
        .get()
        .find(which.webhook())
        .filter(entry -> entry.webhook().company().equals(which.company()));
  }

  /** Why nothing can be told again now; empty when it can. */
  private Optional<Change<StoredReplay>> refusal(Which which) {
    return runningOf(which.webhook())
        .map(
            one ->
                new Change.Conflict<>(
                    "replay "
                        + one.replay().id()
                        + " of this webhook is running; wait until it is done, or cancel it"));
  }

  private Optional<RunningReplay> runningOf(WebhookId webhook) {
    return running.values().stream()
        .filter(one -> one.replay().webhook().equals(webhook))
        .findAny();
  }

  private Change<StoredReplay> planned(Entry entry, Asked asked) {
    return objection(setup.catalog().get(), entry.webhook().id())
        .<Change<StoredReplay>>map(
            why -> new Change.Conflict<>(why + ", so nothing can be told to it"))
        .orElseGet(() -> planReplay.plan(entry, asked));
  }

  private CompletionStage<Change<StoredReplay>> begin(Change<StoredReplay> counted) {
    return counted instanceof Change.Done<StoredReplay>(var stored)
        ? lines.change(() -> begun(stored))
        : CompletableFuture.completedStage(counted);
  }

  /** Much may have happened while it was counted. */
  private Change<StoredReplay> begun(StoredReplay stored) {
    var replay = stored.replay();
    var objection = objection(setup.catalog().get(), replay.webhook());
    if (objection.isPresent()) {
      return new Change.Conflict<>(objection.get() + ", so nothing can be told to it");
    }
    var refusal = refusal(new Which(stored.company(), replay.webhook()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (stored.total() == 0) {
      var over = stored.doneAt(now(), /* retentionTookPart= */ false);
      setup.store().add(over);
      return new Change.Done<>(over);
    }
    setup.store().add(stored);
    LOG.atInfo()
        .addKeyValue("replay", replay.id())
        .addKeyValue("webhook", replay.webhook())
        .addKeyValue("events", stored.total())
        .log("replay.started");
    running.put(replay.id(), new RunningReplay(stored, Map.of()));
    teller.start().apply(replay).toCompletableFuture().join();
    return new Change.Done<>(stored);
  }

  /** Ends a replay early; one that is cancelled already stays so. */
  public CompletionStage<Change<StoredReplay>> cancel(CompanyId company, ReplayId id) {
    return lines.change(
        () -> {
          var found = read(company, id);
          if (found.isEmpty()) {
            return new Change.NotFound<>();
          }
          return switch (found.get().state()) {
            case RUNNING ->
                new Change.Done<>(ended(found.get().cancelledAt(now(), "cancelled by hand")));
            case CANCELLED -> new Change.Done<>(found.get());
            case DONE -> new Change.Conflict<>("replay " + id + " is done already");
          };
        });
  }

  /** A company's replay as it stands; empty when it is not known. Blocks. */
  public Optional<StoredReplay> find(CompanyId company, ReplayId id) {
    return read(company, id);
  }

  private Optional<StoredReplay> read(CompanyId company, ReplayId id) {
    // First who runs: what is over leaves the map only when the store says so.
    var now = Optional.ofNullable(running.get(id)).map(RunningReplay::now);
    return now.isPresent()
        ? now.filter(one -> one.company().equals(company))
        : setup.store().find(company, id);
  }

  /**
   * A webhook's replays, newest first, at most {@link ReplayStore#KEPT_MAX}; empty when the company
   * has no such webhook. Blocks.
   */
  public Optional<List<StoredReplay>> list(Which which) {
    return webhook(which)
        .map(
            _ ->
                setup.store().ofWebhook(which.webhook()).stream()
                    .map(
                        stored ->
                            stored.isRunning()
                                ? read(stored.company(), stored.replay().id()).orElse(stored)
                                : stored)
                    .toList());
  }

  /** How many run. */
  public int running() {
    return running.size();
  }

  @Override
  public void replayMoved(int partition, Feed feed, long done) {
    find(feed).ifPresent(one -> one.moved(partition, done));
  }

  @Override
  public void replayEnded(int partition, Feed feed, long done) {
    find(feed)
        .filter(one -> one.isOverAfter(partition, done))
        .ifPresent(one -> lines.change(() -> finished(one)));
  }

  @Override
  public void retired(int partition, long floor) {
    // What the journal lets go of is left out of a replay by the engine.
  }

  private Optional<RunningReplay> find(Feed feed) {
    return Optional.ofNullable(feed.replay()).map(running::get);
  }

  private Change<StoredReplay> finished(RunningReplay one) {
    return running.containsKey(one.replay().id())
        ? new Change.Done<>(ended(one.now().doneAt(now(), hasLost(one.replay()))))
        : new Change.NotFound<>(); // it was cancelled meanwhile
  }

  /** True when retention has dropped some of its range since the request. */
  private boolean hasLost(Replay replay) {
    return replay.ends().keySet().stream()
        .anyMatch(partition -> setup.journal().oldest(partition) > replay.start(partition));
  }

  /** Durably first: a crash in between leaves cursors that nobody knows, and those go. */
  private StoredReplay ended(StoredReplay over) {
    setup.store().update(over);
    running.remove(over.replay().id());
    teller.end().apply(over.replay()).toCompletableFuture().join();
    LOG.atInfo()
        .addKeyValue("replay", over.replay().id())
        .addKeyValue("webhook", over.replay().webhook())
        .addKeyValue("state", over.state().word())
        .addKeyValue("events", over.done())
        .log("replay.ended");
    return over;
  }

  private Change<Integer> cancelUnwanted(WebhookCatalog catalog) {
    var cancelled = 0;
    for (var one : List.copyOf(running.values())) {
      var objection = objection(catalog, one.replay().webhook());
      if (objection.isPresent()) {
        ended(one.now().cancelledAt(now(), objection.get()));
        cancelled++;
      }
    }
    return new Change.Done<>(cancelled);
  }

  /** Why nothing can be told to a webhook; empty when it can. */
  private static Optional<String> objection(WebhookCatalog catalog, WebhookId webhook) {
    var entry = catalog.find(webhook);
    if (entry.isEmpty()) {
      return Optional.of("the webhook was deleted");
    }
    var reason = entry.get().webhook().disabledReason();
    return Optional.ofNullable(reason).map(why -> "the webhook is disabled (" + why + ")");
  }

  private Instant now() {
    return setup.engineTime().instant();
  }

  /** Ends counting, and waits for a change under way. Safe to call twice. */
  @Override
  public void close() {
    lines.close();
  }
}
