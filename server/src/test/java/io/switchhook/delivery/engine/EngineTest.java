package io.switchhook.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.target.Outcome;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Single steps; whole lives are in the simulation. */
class EngineTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final WebhookId WEBHOOK = new WebhookId("wh_1");

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
    var engine = engineWithPlaces(places, memoryBytes);
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
    var engine = engineWithPlaces(places, /* memoryBytes= */ 1 << 20);
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
    var engine = engineWithPlaces(/* places= */ 4, /* memoryBytes= */ 1 << 20);
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
    var engine = engineWithPlaces(/* places= */ 4, /* memoryBytes= */ 1 << 20);
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

  private static List<LaneRow> rowsPut(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Commit.class::isInstance)
        .flatMap(commit -> ((Effect.Commit) commit).commit().putLanes().stream())
        .toList();
  }

  /** Events of a call each. */
  private static Input appended(int from, int count) {
    return new Input.Appended(
        0, IntStream.range(from, from + count).mapToObj(EngineTest::event).toList());
  }

  @Test
  void replayThatIsAtItsEndHoldsNoDay() {
    var replay = replayOfThree();
    var engine = engineWithOneWebhook();
    var feeds = List.of(new FeedCursor(replay.feed(), 3, 3));
    var state = new PartitionState(0, 1, 8, List.of(), feeds);
    engine.step(new Input.Opened(state, 8, List.of(replay)), NOW);
    engine.step(new Input.Retire(0, 5), NOW);

    var told = new ArrayList<Effect>();
    for (int second = 1; second <= 3; second++) {
      told.addAll(engine.step(new Input.TimePassed(), NOW.plusSeconds(second)));
      if (told.getLast() instanceof Effect.Commit) {
        told.addAll(engine.step(new Input.CommitEnded(0, Committed.DURABLE), NOW));
      }
    }
    assertThat(told)
        .contains(new Effect.ReplayEnded(0, replay.feed(), 3), new Effect.Retired(0, 5));
  }

  @Test
  void whatChangedWebhookDoesNotWantAnyMoreIsNotToldAgain() {
    var replay = replayOfThree();
    var engine = engineWithOneWebhook();
    engine.step(new Input.Opened(new PartitionState(0, 1, 3, List.of()), 3, List.of()), NOW);
    assertThat(engine.step(new Input.StartReplay(0, replay), NOW))
        .containsExactly(new Effect.ReadPartition(0, replay.feed(), 0, 3));

    var read =
        new Input.PartitionRead(
            0, replay.feed(), 0, List.of(event(0), event(1), event(2)), GiveUps.none());
    var first = attempts(engine.step(read, NOW));
    assertThat(first).as("the third waits for the pace").hasSize(2);
    var changed = webhook(List.of(new Condition.Exists("department", true)));
    engine.step(new Input.Release(List.of(0), new WebhookCatalog(List.of(changed))), NOW);
    first.forEach(attempt -> engine.step(delivered(attempt), NOW));
    assertThat(attempts(engine.step(new Input.TimePassed(), NOW.plusSeconds(1)))).isEmpty();
    assertThat(engine.load().bytesAtHand()).isZero();
  }

  /** With so many places in all, and more for each webhook. */
  private static Engine engineWithPlaces(int places, long memoryBytes) {
    return new Engine(
        new EngineSettings(
            new RetrySchedule(List.of(Duration.ofSeconds(1))),
            4_096,
            new EngineSettings.Attempts(2 * places, 2 * places, places, 1_000, 1_000),
            10_000,
            1_024,
            memoryBytes,
            Duration.ofMillis(200),
            1_000,
            Duration.ofSeconds(1),
            32,
            64,
            20_000),
        (_, event, _) -> event.acceptedAt().plusSeconds(60),
        new WebhookCatalog(List.of(webhook())));
  }

  private static Engine engineWithOneWebhook() {
    return new Engine(
        EngineSettings.standard(new RetrySchedule(List.of(Duration.ofSeconds(1))), 1 << 20, 1),
        (_, event, _) -> event.acceptedAt().plusSeconds(60),
        new WebhookCatalog(List.of(webhook())));
  }

  /** Of the partition's first three offsets. */
  private static Replay replayOfThree() {
    return new Replay(
        new ReplayId("rp_1"),
        WEBHOOK,
        null,
        NOW,
        NOW.plusSeconds(1),
        Only.ALL,
        NOW,
        Map.of(0, 0L),
        Map.of(0, 3L));
  }

  private static List<Effect.Attempt> attempts(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Attempt.class::isInstance)
        .map(Effect.Attempt.class::cast)
        .toList();
  }

  /** Event n of a call is at n times the number of calls plus the call's own number. */
  @Test
  void whatDetachedWebhookWasToldBeforeRestartIsLookedUpWhenItIsBackInTheCrowd() {
    var engine = engineWithOneWebhook();
    var ahead = List.of(new FeedCursor(Feed.live(WEBHOOK), 1, 0));
    var state = new PartitionState(0, 1, 0, List.of(), ahead);
    var first = event(0, callOf(0), 1, "{}");
    var second = event(1, callOf(0), 2, "{}");

    engine.step(new Input.Opened(state, 1, List.of()), NOW);
    engine.step(new Input.PartitionRead(0, null, 0, List.of(first), GiveUps.none()), NOW);
    var back = new ArrayList<Effect>();
    for (int round = 1; round <= 3; round++) {
      var now = NOW.plusSeconds(round);
      var effects = engine.step(new Input.TimePassed(), now);
      back.addAll(effects);
      if (effects.stream().anyMatch(Effect.Commit.class::isInstance)) {
        back.addAll(engine.step(new Input.CommitEnded(0, Committed.DURABLE), now));
      }
    }
    assertThat(back).contains(new Effect.Detached(0, WEBHOOK, false));

    var told = engine.step(new Input.Appended(0, List.of(second)), NOW.plusSeconds(4));
    assertThat(told).hasAtLeastOneElementOfType(Effect.ReadThread.class);
    assertThat(told).noneMatch(Effect.Attempt.class::isInstance);
  }

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

  private static Input delivered(Effect.Attempt attempt) {
    var answer = new Outcome.Answer(List.of(), Bytes.empty(), false);
    return new Input.AttemptEnded(
        attempt.partition(),
        attempt.lane(),
        attempt.telling().event(),
        NOW,
        new Outcome.Delivered(200, answer, Duration.ZERO));
  }

  private static WebhookCatalog.Entry webhook() {
    return webhook(List.of());
  }

  private static WebhookCatalog.Entry webhook(List<Condition> conditions) {
    var shape =
        new RequestShape(
            URI.create("http://127.0.0.1/"),
            RequestShape.Method.POST,
            RequestShape.BodyDress.JSON,
            List.of(),
            List.of(),
            null,
            null,
            Duration.ofSeconds(1));
    var settings =
        new WebhookSettings(
            "w", Trigger.IN_CALL, conditions, shape, null, WebhookSettings.Superseded.TELL);
    return new WebhookCatalog.Entry(
        new Webhook(WEBHOOK, callOf(0).company(), settings, 1, null, NOW, NOW),
        List.of(new WebhookVersion(Trigger.IN_CALL, conditions, true, Map.of())));
  }

  private static CallId callOf(int number) {
    return new CallId(new CompanyId("5cd40f6554442586"), String.valueOf(number));
  }

  private static JournalRecord event(long offset, CallId call, int sequence, String body) {
    return new JournalRecord(
        0,
        offset,
        call,
        Kind.IN_CALL,
        0,
        NOW,
        NOW,
        Identity.ofName("x" + offset),
        sequence,
        Bytes.utf8(body));
  }

  private static JournalRecord event(long offset) {
    var call = new CallId(new CompanyId("5cd40f6554442586"), "call." + offset);
    return new JournalRecord(
        0, offset, call, Kind.IN_CALL, 0, NOW, NOW, Identity.ofName("x"), 1, Bytes.utf8("{}"));
  }
}
