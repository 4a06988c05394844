package io.switchhook.delivery.worker;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Engine;
import io.switchhook.delivery.engine.Engine.Load;
import io.switchhook.delivery.engine.Input;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.Telling;
import io.switchhook.webhook.Webhook;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop with an engine. All of its fields are the event loop's own. */
final class PartitionWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWorker.class);
  private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(1);

  /** A worker that takes what it is told only so much later has more to do than it can. */
  private static final long LATE_MILLIS = 50;

  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(10);

  private final Vertx vertx;
  private final Context context;
  private final WorkerParts parts;
  private final Engine engine;
  private final ReadForEngine reads;
  private final Alarm alarm;
  private final Standings standings;
  private WebhookCatalog catalog;
  private volatile Load load = new Load(0, 0, 0, 0, 0);
  private long lateNotedAt;
  private boolean broken;
  private boolean stopped;

  PartitionWorker(Vertx vertx, Context context, WorkerParts parts, WebhookCatalog catalog) {
    this.vertx = vertx;
    this.context = context;
    this.parts = parts;
    this.catalog = catalog;
    this.reads = new ReadForEngine(parts.journal(), parts.cursors());
    this.engine = new Engine(parts.settings(), parts.freshness(), catalog);
    this.standings = new Standings(parts.engineTime());
    this.alarm = new Alarm(timers(vertx), parts.engineTime(), () -> step(new Input.TimePassed()));
  }

  private static Alarm.Timers timers(Vertx vertx) {
    return new Alarm.Timers() {
      @Override
      public long set(long millis, Runnable run) {
        return vertx.setTimer(millis, _ -> run.run());
      }

      @Override
      public void cancel(long timer) {
        vertx.cancelTimer(timer);
      }
    };
  }

  /** Hands an input to the event loop; completes when the engine has taken it. */
  CompletionStage<Void> tell(Input input) {
    var taken = new CompletableFuture<Void>();
    var toldAt = parts.engineTime().millis();
    context.runOnContext(
        _ -> {
          noteLateness(toldAt);
          step(input);
          taken.complete(null);
        });
    return taken;
  }

  /** What waits for a worker that is late itself says nothing of receivers. */
  private void noteLateness(long toldAt) {
    var now = parts.engineTime().millis();
    if (now - toldAt >= LATE_MILLIS && now - lateNotedAt >= LATE_MILLIS) {
      lateNotedAt = now;
      step(new Input.WorkerLate());
    }
  }

  /** How webhooks stand with this worker. */
  Standings standings() {
    return standings;
  }

  /** How much was going on a moment ago. */
  Load load() {
    return load;
  }

  /**
   * Ends attempts, waits for those under way, and stores everything; completes when all of it is
   * durable.
   */
  CompletionStage<Void> stop(Duration patience) {
    var done = new CompletableFuture<Void>();
    context.runOnContext(
        _ -> {
          step(new Input.StopAttempts());
          var until = parts.engineTime().instant().plus(patience);
          flushWhenAnswered(until, done);
        });
    return done;
  }

  private void flushWhenAnswered(Instant until, CompletableFuture<Void> done) {
    if (engine.load().inFlight() > 0 && parts.engineTime().instant().isBefore(until) && !broken) {
      later(LOOK_AGAIN_AFTER, () -> flushWhenAnswered(until, done));
      return;
    }
    step(new Input.Flush());
    endWhenFlushed(done);
  }

  private void endWhenFlushed(CompletableFuture<Void> done) {
    if (engine.isFlushed() || broken) {
      stopped = true;
      done.complete(null);
    } else {
      later(LOOK_AGAIN_AFTER, () -> endWhenFlushed(done));
    }
  }

  // Whatever it is, an effect that was not carried out must not leave a worker that silently tells
  // nothing: that includes a heap that is too small.
  @SuppressWarnings("CatchingUnchecked")
  private void step(Input input) {
    if (broken) {
      return;
    }
    try {
      switch (input) {
        case Input.Release(_, var newest) -> {
          catalog = newest;
          standings.changed(newest);
        }
        case Input.Opened opened -> standings.opened(opened);
        default -> {}
      }
      for (var effect : engine.step(input, parts.engineTime().instant())) {
        carryOut(effect);
      }
      load = engine.load();
      wakeWhenDue();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Does nothing more: nobody knows what is durable. Whoever waits for the end need not. */
  private void fail(Throwable failure) {
    broken = true;
    parts.onFatal().accept(failure);
  }

  private void wakeWhenDue() {
    var due = engine.nextDue();
    if (due != null) {
      alarm.setFor(due);
    }
  }

  /** A timer of Vert.x waits at least a millisecond, and runs where it was set. */
  private void later(Duration wait, Runnable run) {
    vertx.setTimer(Math.max(1, wait.toMillis()), _ -> run.run());
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.ReadPartition read -> read(() -> reads.partition(read));
      case Effect.ReadThread read -> read(() -> reads.thread(read));
      case Effect.ReadLane read -> read(() -> reads.lane(read));
      case Effect.Attempt attempt -> attempt(attempt);
      case Effect.Commit(var commit) ->
          parts
              .cursors()
              .commit(commit)
              .whenComplete(
                  (result, failure) -> {
                    if (failure == null) {
                      tell(new Input.CommitEnded(commit.partition(), result));
                      tellMoves(commit, result);
                    } else {
                      context.runOnContext(_ -> fail(failure));
                    }
                  });
      case Effect.Disable(var webhook, var words) -> parts.disable().accept(webhook, words);
      case Effect.Lost(int partition) ->
          LOG.atWarn().addKeyValue("partition", partition).log("partition.lost");
      case Effect.BreakerMoved moved -> {
        standings.moved(moved);
        LOG.atWarn()
            .addKeyValue("webhook", moved.webhook())
            .addKeyValue("open_until", moved.openUntil() == null ? "-" : moved.openUntil())
            .log(moved.openUntil() == null ? "breaker.closed" : "breaker.opened");
      }
      case Effect.Detached moved -> {
        standings.moved(moved);
        LOG.atInfo()
            .addKeyValue("webhook", moved.webhook())
            .addKeyValue("partition", moved.partition())
            .log(moved.isDetached() ? "webhook.detached" : "webhook.caught_up");
      }
      case Effect.ReplayEnded(int partition, var feed, long done) ->
          parts.progress().replayEnded(partition, feed, done);
      case Effect.Retired(int partition, long floor) -> parts.progress().retired(partition, floor);
      case Effect.GaveUpUnread(var giveUp) ->
          LOG.atWarn()
              .addKeyValue("webhook", giveUp.webhook())
              .addKeyValue("partition", giveUp.partition())
              .addKeyValue("from_offset", giveUp.offset())
              .addKeyValue("to_offset", giveUp.end())
              .addKeyValue("reason", giveUp.reason())
              .log("delivery.given_up_unread");
      case Effect.Routed(var event, var wanted, var disabled) ->
          parts.observer().routed(event, wanted, disabled);
      case Effect.Attempted(var report) -> parts.observer().attempted(report);
      case Effect.GaveUp(var webhook, var event, var reason, var at) ->
          parts.observer().gaveUp(webhook, event, reason, at);
      case Effect.Committed(int partition, long watermark) ->
          parts.observer().committed(partition, watermark);
    }
  }

  /** Says how far replays have come. */
  private void tellMoves(CursorCommit commit, CursorStore.Committed result) {
    var moved = commit.putFeeds().stream().filter(cursor -> !cursor.feed().isLive()).toList();
    if (result == CursorStore.Committed.DURABLE && !moved.isEmpty()) {
      context.runOnContext(
          _ ->
              moved.forEach(
                  cursor ->
                      parts
                          .progress()
                          .replayMoved(commit.partition(), cursor.feed(), cursor.done())));
    }
  }

  private void attempt(Effect.Attempt attempt) {
    var event = attempt.telling().event();
    var startedAt = parts.engineTime().instant();
    Consumer<Outcome> ended =
        outcome ->
            step(
                new Input.AttemptEnded(
                    attempt.partition(), attempt.lane(), event, startedAt, outcome));
    var entry = catalog.find(attempt.lane().webhook());
    if (entry.isEmpty()) {
      return; // deleted: the engine has forgotten its lanes
    }
    switch (composed(entry.get().webhook(), attempt.telling())) {
      case Composed.Request(var request) -> parts.target().attempt(request, ended);
      // Not within this step: what came of an attempt is always heard later.
      case Composed.Impossible(var outcome) -> context.runOnContext(_ -> ended.accept(outcome));
    }
  }

  private sealed interface Composed {
    record Request(OutgoingRequest request) implements Composed {}

    record Impossible(Outcome outcome) implements Composed {}
  }

  // Whatever is wrong with one webhook or one event, the others are told.
  @SuppressWarnings("CatchingUnchecked")
  private Composed composed(Webhook webhook, Telling telling) {
    try {
      return new Composed.Request(
          parts
              .composer()
              .compose(webhook.settings().request(), telling, parts.wallClock().instant()));
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("webhook", webhook.id())
          .addKeyValue("event", telling.event().eventId())
          .log("delivery.not_composed");
      return new Composed.Impossible(
          new Outcome.Unreachable(
              Outcome.Reason.NO_REQUEST,
              "nothing was sent: the request could not be composed from the webhook's settings and"
                  + " the call log; the server's log says why",
              Duration.ZERO));
    }
  }

  /** Reads where blocking is allowed, and gives the answer to the event loop. */
  // Whatever failed: without an answer what waits for it would wait for ever.
  @SuppressWarnings("CatchingUnchecked")
  private void read(Supplier<Input> read) {
    parts
        .readers()
        .execute(
            () -> {
              Input answer;
              try {
                answer = read.get();
              } catch (RuntimeException e) {
                LOG.atError()
                    .setCause(e)
                    .addKeyValue("again_after", READ_AGAIN_AFTER)
                    .log("delivery.read_failed");
                context.runOnContext(_ -> later(READ_AGAIN_AFTER, () -> readAgain(read)));
                return;
              } catch (Error e) { // Memory, mostly: nobody knows what else it has taken.
                context.runOnContext(_ -> fail(e));
                return;
              }
              tell(answer);
            });
  }

  private void readAgain(Supplier<Input> read) {
    if (!broken && !stopped) {
      read(read);
    }
  }
}
