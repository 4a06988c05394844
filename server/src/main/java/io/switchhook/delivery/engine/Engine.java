package io.switchhook.delivery.engine;

import io.switchhook.event.Invariant;
import io.switchhook.routing.WebhookCatalog;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The delivery protocol.
 *
 * In thought every pair of a webhook and a call has a cursor of its own into the journal. It is stored only when it differs
 * from the crowd: as a lane row while the call is behind at this webhook, else it is the partition's watermark.
 *
 * The way of an event through here:
 *   RouteEvents    takes records in the order of their offsets and puts each event into the lanes of the webhooks that want it
 *   Lane           holds the events of one call for one webhook, in order, one in flight at a time
 *   Gate           lets so many lanes of a webhook through at once
 *   MakeAttempts   lets a lane work: attempts its head, or gives it up, and decides what becomes of it by the outcome
 *   CommitCursors  makes cursors and give-ups durable, in an order that is right at every moment
 *
 * Nothing here waits, reads a clock or throws dice: the same inputs at the same times give the same effects. That is what the
 * simulation in testkit rests on.
 */
/**
 * Delivers the events of some partitions. {@code step} is called by one thread at a time; effects
 * are carried out in their order and answered by later inputs, each exactly once.
 */
public final class Engine {
  private final Board board;
  private final RouteEvents routeEvents;
  private final MakeAttempts makeAttempts;
  private final CommitCursors commitCursors;

  /** An engine without partitions; they come with {@link Input.Opened}. */
  public Engine(EngineSettings settings, Freshness freshness, WebhookCatalog catalog) {
    board = new Board(settings, freshness, catalog);
    routeEvents = new RouteEvents(board);
    makeAttempts = new MakeAttempts(board);
    commitCursors = new CommitCursors(board);
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
    routeEvents.readOn();
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
    var inFlight = 0;
    var lanes = 0;
    for (var gate : board.gates.values()) {
      inFlight += gate.taken();
      lanes += gate.lanes.size();
    }
    var commits = (int) board.books.values().stream().filter(book -> book.commitUnderWay).count();
    return new Load(inFlight, lanes, commits, board.bytesAtHand);
  }

  /**
   * How much is going on.
   *
   * @param inFlight attempts and reads of lanes under way
   * @param lanes lanes with something pending or a row stored
   * @param commitsUnderWay partitions whose commit has not ended
   * @param bytesAtHand bytes of events in memory
   */
  public record Load(int inFlight, int lanes, int commitsUnderWay, long bytesAtHand) {}

  private void take(Input input) {
    switch (input) {
      case Input.Opened opened -> open(opened);
      case Input.Appended(int partition, var records) ->
          withBook(partition, book -> routeEvents.appended(book, records));
      case Input.PartitionRead(int partition, long from, var records) ->
          withBook(partition, book -> routeEvents.read(book, from, records));
      case Input.PartitionGap(int partition, long nextOffset) ->
          withBook(partition, book -> routeEvents.gap(book, nextOffset));
      case Input.ThreadRead(int partition, var key, int previous, int skipped) -> {
        var lane = board.calls.lane(partition, key);
        if (lane != null) {
          makeAttempts.threadRead(lane, previous, skipped);
        }
      }
      case Input.LaneRead(int partition, var key, var records, long readTo) -> {
        var lane = board.calls.lane(partition, key);
        if (lane != null) {
          makeAttempts.laneRead(lane, records, readTo);
        }
      }
      case Input.AttemptEnded ended ->
          makeAttempts.attemptEnded(board.calls.lane(ended.partition(), ended.lane()), ended);
      case Input.CommitEnded(int partition, var result) ->
          withBook(partition, book -> commitCursors.ended(book, result));
      case Input.Hold(int partition) -> withBook(partition, book -> book.held = true);
      case Input.Release(var partitions, var catalog) -> release(partitions, catalog);
      case Input.TimePassed() -> {}
      case Input.StopAttempts() -> board.stopping = true;
      case Input.Flush() -> flush();
    }
  }

  private void open(Input.Opened opened) {
    var state = opened.state();
    Invariant.check(!board.books.containsKey(state.partition()), "a partition is opened once");
    var book = new PartitionBook(state, opened.end());
    board.books.put(state.partition(), book);
    for (var row : state.lanes()) {
      if (board.catalog.find(row.key().webhook()).isEmpty()) {
        book.orphans.add(row.key());
        board.commitSoon(book);
        continue;
      }
      var lane = Lane.restored(row, book, board.gate(row.key().webhook()));
      board.calls.findOrAdd(book.partition, row.key().call()).lanes.add(lane);
      lane.gate.lanes.add(lane);
      board.timers.add(lane, row.nextAt());
      book.changed.add(lane);
      board.commitSoon(book);
    }
    board.booksToRead.add(book);
  }

  private void release(List<Integer> partitions, WebhookCatalog catalog) {
    board.catalog = catalog;
    for (var gate : List.copyOf(board.gates.values())) {
      var entry = catalog.find(gate.webhook);
      if (entry.isEmpty()) {
        makeAttempts.drop(gate);
        board.gates.remove(gate.webhook);
        board.gatesToServe.remove(gate);
      } else if (!entry.get().webhook().isEnabled()) {
        makeAttempts.unparkAll(gate);
      }
    }
    for (var partition : partitions) {
      withBook(
          partition,
          book -> {
            book.held = false;
            board.booksToRead.add(book);
          });
    }
  }

  private void flush() {
    for (var book : board.books.values()) {
      book.wantRowsOfSlowLanes(null);
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
