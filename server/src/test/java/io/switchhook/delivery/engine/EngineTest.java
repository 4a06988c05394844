package io.switchhook.delivery.engine;

import static io.switchhook.delivery.engine.EngineFixture.NOW;
import static io.switchhook.delivery.engine.EngineFixture.WEBHOOK;
import static io.switchhook.delivery.engine.EngineFixture.afterSeconds;
import static io.switchhook.delivery.engine.EngineFixture.attempts;
import static io.switchhook.delivery.engine.EngineFixture.callOf;
import static io.switchhook.delivery.engine.EngineFixture.delivered;
import static io.switchhook.delivery.engine.EngineFixture.engine;
import static io.switchhook.delivery.engine.EngineFixture.engineWithOneWebhook;
import static io.switchhook.delivery.engine.EngineFixture.event;
import static io.switchhook.delivery.engine.EngineFixture.events;
import static io.switchhook.delivery.engine.EngineFixture.rowsPut;
import static io.switchhook.delivery.engine.EngineFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single steps; whole lives are in the simulation. */
class EngineTest {
  @Test
  void readingGoesOnBehindAGapInTheJournal() {
    var engine =
        new Engine(
            EngineSettings.standard(new RetrySchedule(List.of(Duration.ofSeconds(1))), 1 << 20, 1),
            (_, event, _) -> event.acceptedAt().plusSeconds(60),
            new WebhookCatalog(List.of()));

    var opened =
        engine.step(new Input.Opened(new PartitionState(0, 1, 5, List.of()), 12, List.of()), NOW);
    assertThat(opened).containsExactly(new Effect.ReadPartition(0, null, 5, 7));

    var behind = engine.step(new Input.PartitionGap(0, null, 10), NOW);
    assertThat(behind).containsExactly(new Effect.ReadPartition(0, null, 10, 2));

    engine.step(
        new Input.PartitionRead(0, null, 10, List.of(event(10), event(11)), GiveUps.none()), NOW);
    var later = engine.step(new Input.TimePassed(), NOW.plusSeconds(1));
    assertThat(later)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Commit.class, commit -> assertThat(commit.commit().watermark()).isEqualTo(12));
    assertThat(engine.step(new Input.CommitEnded(0, Committed.DURABLE), NOW))
        .contains(new Effect.Committed(0, 12));
  }

  @Test
  void manyCallsThatAreDueAtOnceAreNotAllReadIntoMemory() {
    int calls = 2_000;
    int eventsOfCall = 8;
    long memoryBytes = 64 << 10;
    int places = 4;
    var engine = engine(settings(places, memoryBytes));
    var rows = new ArrayList<LaneRow>();
    for (int call = 0; call < calls; call++) {
      rows.add(new LaneRow(new LaneKey(WEBHOOK, callOf(call)), call, 1, NOW, 0, 0));
    }
    long end = (long) calls * eventsOfCall;
    var todo = new ArrayDeque<Input>();
    todo.add(new Input.Opened(new PartitionState(0, 1, end, rows), end, List.of()));
    long bytesMax = 0;
    int attempts = 0;
    while (!todo.isEmpty()) {
      for (var effect : engine.step(todo.remove(), NOW)) {
        switch (effect) {
          case Effect.ReadLane read -> todo.add(lane(read, calls));
          case Effect.Attempt attempt -> {
            attempts++;
            todo.add(delivered(attempt));
          }
          case Effect.Commit commit ->
              todo.add(new Input.CommitEnded(commit.commit().partition(), Committed.DURABLE));
          default -> {}
        }
      }
      bytesMax = Math.max(bytesMax, engine.load().bytesAtHand());
    }

    assertThat(attempts).isEqualTo(calls * eventsOfCall);
    assertThat(bytesMax).isLessThan(memoryBytes);
    assertThat(engine.load().bytesAtHand()).isZero();
  }

  @Test
  void whileAllPlacesAreTakenLittleIsReadAhead() {
    int places = 4;
    int window = 4_096;
    int ahead = window / 16;
    var engine = engine(settings(places, /* memoryBytes= */ 1 << 20));
    engine.step(new Input.Opened(new PartitionState(0, 1, 0, List.of()), 0, List.of()), NOW);

    var out = new ArrayDeque<>(attempts(engine.step(appended(0, 2 * ahead), NOW)));
    assertThat(out).hasSize(places);
    assertThat(engine.step(appended(2 * ahead, 2 * ahead), NOW))
        .as("waits in the journal")
        .isEmpty();

    int told = 0;
    var reads = List.<Effect>of();
    while (reads.isEmpty()) {
      var effects = engine.step(delivered(out.remove()), NOW);
      told++;
      out.addAll(attempts(effects));
      reads = effects.stream().filter(Effect.ReadPartition.class::isInstance).toList();
    }
    assertThat(reads)
        .as("a page of a quarter of what may be at hand")
        .containsExactly(new Effect.ReadPartition(0, null, 2L * ahead, ahead / 4));
    assertThat(told).isEqualTo(ahead + ahead / 4);
  }

  @Test
  void whatHasJustGoneOutGetsNoRowWhenTheWindowIsFull() {
    var engine = engine(settings(/* places= */ 4, /* memoryBytes= */ 1 << 20));
    engine.step(new Input.Opened(new PartitionState(0, 1, 0, List.of()), 0, List.of()), NOW);
    engine.step(appended(0, 512), NOW);

    var soon = new ArrayList<>(engine.step(appended(512, 512), NOW.plusMillis(100)));
    soon.addAll(engine.step(new Input.TimePassed(), NOW.plusMillis(210)));
    assertThat(rowsPut(soon)).isEmpty();

    var later = new ArrayList<>(engine.step(new Input.TimePassed(), NOW.plusMillis(410)));
    later.addAll(engine.step(new Input.TimePassed(), NOW.plusMillis(410)));
    assertThat(rowsPut(later)).as("they have been out for long").hasSize(4);
  }

  @Test
  void whatWaitsForThisMachineHoldsNoCursorForEver() {
    var engine = engine(settings(/* places= */ 4, /* memoryBytes= */ 1 << 20));
    engine.step(new Input.Opened(new PartitionState(0, 1, 0, List.of()), 0, List.of()), NOW);
    engine.step(appended(0, 8), NOW);

    assertThat(rowsPut(engine.step(new Input.TimePassed(), NOW.plusMillis(1_200))))
        .as("those that are out")
        .hasSize(4);
    engine.step(new Input.CommitEnded(0, Committed.DURABLE), NOW.plusMillis(1_200));
    assertThat(rowsPut(engine.step(new Input.TimePassed(), NOW.plusSeconds(9)))).isEmpty();
    assertThat(rowsPut(engine.step(new Input.TimePassed(), NOW.plusMillis(10_400))))
        .as("those that wait")
        .hasSize(4);
  }

  private static Input appended(int from, int count) {
    return new Input.Appended(0, events(from, count));
  }

  @Test
  void whatDetachedWebhookWasToldBeforeRestartIsLookedUpWhenItIsBackInTheCrowd() {
    var engine = engineWithOneWebhook();
    var ahead = List.of(new FeedCursor(Feed.live(WEBHOOK), 1, 0));
    var state = new PartitionState(0, 1, 0, List.of(), ahead);
    var first = event(0, callOf(0), 1, "{}");
    var second = event(1, callOf(0), 2, "{}");

    engine.step(new Input.Opened(state, 1, List.of()), NOW);
    engine.step(new Input.PartitionRead(0, null, 0, List.of(first), GiveUps.none()), NOW);
    assertThat(afterSeconds(engine)).contains(new Effect.Detached(0, WEBHOOK, false));

    var told = engine.step(new Input.Appended(0, List.of(second)), NOW.plusSeconds(4));
    assertThat(told).hasAtLeastOneElementOfType(Effect.ReadThread.class);
    assertThat(told).noneMatch(Effect.Attempt.class::isInstance);
  }

  @Test
  void whatDetachedWebhookPassedUnreadIsLookedUpWhenItIsBackInTheCrowd() {
    var engine = engineWithOneWebhook();
    var detached = List.of(new FeedCursor(Feed.live(WEBHOOK), 0, 0));
    engine.step(
        new Input.Opened(new PartitionState(0, 1, 0, List.of(), detached), 0, List.of()), NOW);
    engine.step(new Input.Retire(0, 1), NOW);

    var first = new Input.Appended(0, List.of(event(0, callOf(0), 1, "{}")));
    assertThat(engine.step(first, NOW)).hasAtLeastOneElementOfType(Effect.Routed.class);
    assertThat(afterSeconds(engine))
        .contains(new Effect.Detached(0, WEBHOOK, false))
        .hasAtLeastOneElementOfType(Effect.GaveUpUnread.class);

    var second = new Input.Appended(0, List.of(event(1, callOf(0), 2, "{}")));
    assertThat(engine.step(second, NOW.plusSeconds(4)))
        .hasAtLeastOneElementOfType(Effect.ReadThread.class)
        .noneMatch(Effect.Attempt.class::isInstance);
  }

  @Test
  void webhookThatReadsForItselfIsToldEvenly() {
    int missed = 500;
    var engine = engineWithOneWebhook();
    var cursor = new FeedCursor(Feed.live(WEBHOOK), 0, 0);
    var state = new PartitionState(0, 1, 0, List.of(), List.of(cursor));

    int atOnce = told(engine, new Input.Opened(state, missed, List.of()), NOW);
    int later = told(engine, new Input.TimePassed(), NOW.plusMillis(10));

    assertThat(List.of(atOnce, later))
        .as("8,000 a second, and 5 ms of them made up for")
        .allSatisfy(count -> assertThat(count).isBetween(40, 42));
  }

  /** How many attempts begin at this time when each is answered at once. */
  private static int told(Engine engine, Input first, Instant now) {
    int count = 0;
    var todo = new ArrayDeque<>(List.of(first));
    while (!todo.isEmpty()) {
      for (var effect : engine.step(todo.remove(), now)) {
        switch (effect) {
          case Effect.ReadPartition(int partition, var feed, long from, int max) ->
              todo.add(
                  new Input.PartitionRead(
                      partition, feed, from, events(from, max), GiveUps.none()));
          case Effect.Attempt attempt -> {
            count++;
            todo.add(delivered(attempt));
          }
          default -> {}
        }
      }
    }
    return count;
  }

  /** Event n of a call is at n times the number of calls plus the call's own number. */
  private static Input lane(Effect.ReadLane read, int calls) {
    var records = new ArrayList<JournalRecord>();
    int call = Integer.parseInt(read.lane().call().uid());
    for (long offset = call; offset < read.bound() && records.size() < read.max(); ) {
      if (offset >= read.from()) {
        records.add(event(offset, callOf(call), (int) (offset / calls) + 1, "x".repeat(1_000)));
      }
      offset += calls;
    }
    var readTo = records.size() < read.max() ? read.bound() : records.getLast().offset() + 1;
    return new Input.LaneRead(read.partition(), read.lane(), records, readTo, GiveUps.none());
  }
}
