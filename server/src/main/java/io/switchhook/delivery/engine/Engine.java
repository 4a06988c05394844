package io.switchhook.delivery.engine;

import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.Replay;
import io.switchhook.event.Invariant;
import io.switchhook.routing.WebhookCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The delivery protocol.
 *
 * In thought every pair of a webhook and a call has a cursor of its own into the journal. It is stored only when it differs
 * from the crowd: as a lane row while the call is behind at this webhook, as one cursor for all of the webhook while that is
 * detached, else it is the partition's watermark.
 *
 * The way of an event through here:
 *   ReadJournal     reads partitions on, as far as there is room for what comes
 *   RouteEvents     takes records in the order of their offsets and puts each event into the lanes of the webhooks that want it
 *   DetachWebhooks  lets a webhook that does not keep up read for itself, so that it holds up nobody else
 *   Lane            holds the events of one call for one webhook, in order, one in flight at a time
 *   Turns, Gate     let so many lanes through at once, in all and for each webhook
 *   MakeAttempts    lets a lane work: attempts its head and decides what becomes of it by the outcome
 *   GiveUpEvents    gives up what may not be told any more
 *   Replays         lets a webhook be told again, beside what happens and never mixed with it
 *   CommitCursors   makes cursors and give-ups durable, in an order that is right at every moment
 *
 * Nothing here waits, reads a clock or throws dice: the same inputs at the same times give the same effects. That is what the
 * simulation in testkit rests on.
 */
/**
 * Delivers the events of some partitions. {@code step} is called by one thread at a time; effects
 * are carried out in their order and answered by later inputs, each exactly once.
 */
public final class Engine {
  /** For so long after it was late a worker blames no receiver for what waits. */
  private static final Duration LATE_FOR = Duration.ofSeconds(1);

  private final Board board;
  private final ReadJournal readJournal;
  private final MakeAttempts makeAttempts;
  private final CommitCursors commitCursors;
  private final DetachWebhooks detachWebhooks;
  private final GiveUpEvents giveUpEvents;
  private final Replays replays;

  /** An engine without partitions; they come with {@link Input.Opened}. */
  public Engine(EngineSettings settings, Freshness freshness, WebhookCatalog catalog) {
    board = new Board(settings, freshness, catalog);
    detachWebhooks = new DetachWebhooks(board);
    giveUpEvents = new GiveUpEvents(board);
    replays = new Replays(board);
    readJournal = new ReadJournal(board, detachWebhooks, giveUpEvents, replays);
    makeAttempts = new MakeAttempts(board, giveUpEvents, replays);
    commitCursors = new CommitCursors(board, detachWebhooks, replays);
  }

  /**
   * Takes one input in and gives out what is to be done. {@code now} never goes back; a value that
   * does is taken as the last.
   */
  public List<Effect> step(Input input, Instant now) {
    if (now.isAfter(board.now)) {
      board.now = now;
    }
    take(input);
    if (!board.stopping) {
      board.timers.expire(board.now, makeAttempts::due);
      board.expireGateTimers();
    }
    makeAttempts.serveGates();
    commitCursors.commitWhatIsDue();
    readJournal.readOn();
    return board.takeEffects();
  }

  /** When {@link Input.TimePassed} is next of use; null when nothing waits for time. */
  public @Nullable Instant nextDue() {
    var commit = board.commitsDue.peek();
    var commitAt = commit == null ? null : commit.commitDueAt;
    if (board.stopping) {
      return commitAt;
    }
    var gate = board.gateTimers.peek();
    return earliest(earliest(commitAt, board.timers.nextAt()), gate == null ? null : gate.at());
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** True after {@link Input.Flush} when everything that is to be said is durable. */
  public boolean isFlushed() {
    return board.stopping && nextDue() == null && load().commitsUnderWay() == 0;
  }

  /** What is going on, for metrics, tests and a clean stop. */
  public Load load() {
    return new Load(
        board.turns.taken(),
        board.lanesBehind,
        commitCursors.underWay(),
        board.bytesAtHand,
        board.detached.size());
  }

  /**
   * How much is going on.
   *
   * @param inFlight attempts and reads of lanes under way
   * @param lanes lanes with something pending or a row stored
   * @param commitsUnderWay partitions whose commit has not ended
   * @param bytesAtHand bytes of events in memory
   * @param detached webhooks that read for themselves
   */
  public record Load(
      int inFlight, int lanes, int commitsUnderWay, long bytesAtHand, int detached) {}

  private void take(Input input) {
    switch (input) {
      case Input.Opened opened -> open(opened);
      case Input.Appended(int partition, var records) ->
          withBook(partition, book -> readJournal.appended(book, records));
      case Input.PartitionRead read ->
          withBook(read.partition(), book -> readJournal.read(book, read));
      case Input.PartitionGap gap -> withBook(gap.partition(), book -> readJournal.gap(book, gap));
      case Input.ThreadRead(int partition, var key, int previous, int skipped) -> {
        var lane = board.calls.lane(partition, key);
        if (lane != null && lane.reading) {
          makeAttempts.threadRead(lane, previous, skipped);
        }
      }
      case Input.LaneRead read -> {
        var lane = board.calls.lane(read.partition(), read.lane());
        if (lane != null && lane.reading) {
          makeAttempts.laneRead(lane, read);
        }
      }
      case Input.AttemptEnded ended ->
          makeAttempts.attemptEnded(board.calls.lane(ended.partition(), ended.lane()), ended);
      case Input.CommitEnded(int partition, var result) ->
          withBook(partition, book -> commitCursors.ended(book, result));
      case Input.Hold(int partition) -> withBook(partition, book -> book.held = true);
      case Input.Release(var partitions, var catalog) -> release(partitions, catalog);
      case Input.StartReplay(int partition, var replay) ->
          withBook(partition, book -> replays.start(book, replay));
      case Input.EndReplay(int partition, var feed) ->
          withBook(partition, book -> replays.end(book, feed));
      case Input.Retire(int partition, long floor) ->
          withBook(partition, book -> giveUpEvents.raiseFloor(book, floor));
      case Input.TimePassed() -> {}
      case Input.WorkerLate() -> board.lateUntil = board.now.plus(LATE_FOR);
      case Input.StopAttempts() -> board.stopping = true;
      case Input.Flush() -> flush();
    }
  }

  private void open(Input.Opened opened) {
    var state = opened.state();
    Invariant.check(!board.books.containsKey(state.partition()), "a partition is opened once");
    var book = new PartitionBook(state, opened.end());
    board.books.put(state.partition(), book);
    state.feeds().forEach(cursor -> openFeed(book, cursor, opened.replays()));
    state.lanes().forEach(row -> openLane(book, row));
    opened.replays().forEach(replay -> replays.start(book, replay));
    board.commitSoon(book);
    board.readersToRead.addAll(book.readers());
  }

  private void openFeed(PartitionBook book, FeedCursor cursor, List<Replay> known) {
    var feed = cursor.feed();
    var entry = board.catalog.find(feed.webhook());
    var replay = known.stream().filter(one -> one.feed().equals(feed)).findAny();
    if (entry.isEmpty()
        || (!feed.isLive() && (replay.isEmpty() || !entry.get().webhook().isEnabled()))) {
      book.orphanFeeds.add(feed);
    } else if (replay.isPresent()) {
      replays.resume(book, replay.get(), cursor.offset(), cursor.done());
    } else {
      var gate = board.gate(feed.webhook(), entry.get().webhook().company());
      var reader = Reader.detached(book, gate, cursor.offset());
      reader.stored = cursor.offset();
      board.reads(gate, reader);
      book.feeds.put(feed, reader);
      book.missed(feed, cursor.offset());
    }
  }

  private void openLane(PartitionBook book, LaneRow row) {
    var feed = row.key().feed();
    var reader = feed.isLive() ? book.readerOf(feed.webhook()) : book.feeds.get(feed);
    var entry = board.catalog.find(feed.webhook());
    if (entry.isEmpty() || reader == null) {
      book.orphans.add(row.key());
      return;
    }
    var call = board.calls.findOrAdd(book.partition, row.key().call());
    var gate = board.gate(feed.webhook(), entry.get().webhook().company());
    var lane = Lane.restored(row, call, gate, reader);
    call.lanes.add(lane);
    book.restored(lane);
    board.behind(lane);
    board.timers.add(lane, row.nextAt());
    book.changed.add(lane);
  }

  private void release(List<Integer> partitions, WebhookCatalog catalog) {
    board.catalog = catalog;
    for (var gate : List.copyOf(board.gates.values())) {
      var entry = catalog.find(gate.webhook);
      if (entry.isEmpty()) {
        makeAttempts.drop(gate);
        board.gates.remove(gate.webhook);
        board.detached.remove(gate);
      } else if (!entry.get().webhook().isEnabled()) {
        endReplays(gate);
        makeAttempts.unparkAll(gate);
      }
    }
    for (var partition : partitions) {
      withBook(
          partition,
          book -> {
            book.held = false;
            board.readersToRead.addAll(book.readers());
          });
    }
  }

  private void endReplays(Gate gate) {
    for (var book : board.books.values()) {
      for (var feed : List.copyOf(book.feeds.keySet())) {
        if (!feed.isLive() && feed.webhook().equals(gate.webhook)) {
          replays.end(book, feed);
        }
      }
    }
  }

  private void flush() {
    for (var book : board.books.values()) {
      detachWebhooks.relieve(book, null);
      board.commitNow(book);
    }
  }

  private void withBook(int partition, Consumer<PartitionBook> use) {
    var book = board.books.get(partition);
    if (book != null) {
      use.accept(book);
    }
  }
}
