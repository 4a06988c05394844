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
import static io.switchhook.delivery.engine.EngineFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CallId;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Outcome;
import io.switchhook.webhook.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single steps of replays. */
class EngineReplayTest {
  @Test
  void replayThatIsAtItsEndHoldsNoDay() {
    var replay = replayOfFirstThreeOffsets();
    var engine = engineWithOneWebhook();
    var feeds = List.of(new FeedCursor(replay.feed(), 3, 3));
    var state = new PartitionState(0, 1, 8, List.of(), feeds);
    engine.step(new Input.Opened(state, 8, List.of(replay)), NOW);
    engine.step(new Input.Retire(0, 5), NOW);

    assertThat(afterSeconds(engine))
        .contains(new Effect.ReplayEnded(0, replay.feed(), 3), new Effect.Retired(0, 5));
  }

  @Test
  void whatChangedWebhookDoesNotWantAnyMoreIsNotToldAgain() {
    var replay = replayOfFirstThreeOffsets();
    var engine = engineWithOneWebhook();
    engine.step(new Input.Opened(new PartitionState(0, 1, 3, List.of()), 3, List.of()), NOW);
    assertThat(engine.step(new Input.StartReplay(0, replay), NOW))
        .containsExactly(new Effect.ReadPartition(0, replay.feed(), 0, 3));

    var read = new Input.PartitionRead(0, replay.feed(), 0, events(0, 3), GiveUps.none());
    var first = attempts(engine.step(read, NOW));
    assertThat(first).as("the third waits for the pace").hasSize(2);
    var changed = webhook(List.of(new Condition.Exists("department", true)));
    engine.step(new Input.Release(List.of(0), new WebhookCatalog(List.of(changed))), NOW);
    first.forEach(attempt -> engine.step(delivered(attempt), NOW));
    assertThat(attempts(engine.step(new Input.TimePassed(), NOW.plusSeconds(1)))).isEmpty();
    assertThat(engine.load().bytesAtHand()).isZero();
  }

  @Test
  void replayReadsNoFurtherThanWhatHappens() {
    var replay = replayOfFirstThreeOffsets();
    var engine = engineWithOneWebhook();
    engine.step(new Input.Opened(new PartitionState(0, 1, 0, List.of()), 3, List.of()), NOW);
    assertThat(engine.step(new Input.StartReplay(0, replay), NOW)).isEmpty();

    var crowd = new Input.PartitionRead(0, null, 0, events(0, 3), GiveUps.none());
    var happened = engine.step(crowd, NOW);
    assertThat(happened).contains(new Effect.ReadPartition(0, replay.feed(), 0, 3));
    attempts(happened).forEach(attempt -> engine.step(delivered(attempt), NOW));

    var again = new Input.PartitionRead(0, replay.feed(), 0, events(0, 3), GiveUps.none());
    assertThat(attempts(engine.step(again, NOW.plusSeconds(1))))
        .as("what was told by itself since the replay began is not told again")
        .isEmpty();
  }

  @Test
  void replayEndsAlsoWhenWhatFailedBeforeRestartIsNotToldAgainAfterAll() {
    var replay = replay(callOf(0), Only.FAILED);
    var engine = engineWithOneWebhook();
    var row = new LaneRow(new LaneKey(replay.feed(), callOf(0)), 0, /* attempts= */ 1, NOW, 0, 0);
    var feeds = List.of(new FeedCursor(replay.feed(), 3, 0));
    var state = new PartitionState(0, 1, 3, List.of(row), feeds);

    var told = new ArrayList<Effect>();
    told.addAll(engine.step(new Input.Opened(state, 3, List.of(replay)), NOW));
    told.addAll(engine.step(new Input.TimePassed(), NOW.plusMillis(1)));
    assertThat(told).hasAtLeastOneElementOfType(Effect.ReadLane.class);
    var delivered = List.of(event(0, callOf(0), 1, "{}"));
    engine.step(new Input.LaneRead(0, row.key(), delivered, 3, GiveUps.none()), NOW.plusMillis(2));

    assertThat(afterSeconds(engine)).contains(new Effect.ReplayEnded(0, replay.feed(), 0));
  }

  @Test
  void whatRowSaysWasToldBeforeRestartIsToldAgainAlthoughTheCrowdHasYetToPassIt() {
    var replay = replayOfFirstThreeOffsets();
    var engine = engineWithOneWebhook();
    var records = events(0, 3);
    var told = new LaneKey(WEBHOOK, records.getFirst().call());
    var row = new LaneRow(told, /* head= */ 1, /* attempts= */ 0, Instant.EPOCH, 1, 0);
    var feeds = List.of(new FeedCursor(replay.feed(), 0, 0));
    var state = new PartitionState(0, 1, /* watermark= */ 0, List.of(row), feeds);

    engine.step(new Input.Opened(state, 3, List.of(replay)), NOW);
    var crowd = new Input.PartitionRead(0, null, 0, records, GiveUps.none());
    assertThat(engine.step(crowd, NOW)).contains(new Effect.ReadPartition(0, replay.feed(), 0, 3));
    var again = new Input.PartitionRead(0, replay.feed(), 0, records, GiveUps.none());
    assertThat(attempts(engine.step(again, NOW.plusSeconds(1))))
        .filteredOn(attempt -> !attempt.lane().feed().isLive())
        .as("the other two are told by themselves")
        .extracting(attempt -> attempt.telling().event().offset())
        .containsExactly(0L);
  }

  @Test
  void replayThatBeginsAnewKeepsTheRowThatACrashLeftWithoutItsCursor() {
    var replay = replay(callOf(0), Only.ALL);
    var engine = engineWithOneWebhook();
    var key = new LaneKey(replay.feed(), callOf(0));
    var left = List.of(new LaneRow(key, 2, 0, Instant.EPOCH, -1, 0));
    engine.step(new Input.Opened(new PartitionState(0, 1, 3, left), 3, List.of(replay)), NOW);

    assertThat(afterSeconds(engine))
        .filteredOn(Effect.Commit.class::isInstance)
        .extracting(effect -> ((Effect.Commit) effect).commit())
        .anySatisfy(commit -> assertThat(commit.putLanes()).extracting(LaneRow::key).contains(key))
        .allSatisfy(commit -> assertThat(commit.deleteLanes()).doesNotContain(key));
  }

  @Test
  void rowOfReplayBeginsWithWhatItIsToTryAgain() {
    var replay = replay(callOf(0), Only.FAILED);
    var engine = engineWithOneWebhook();
    var key = new LaneKey(replay.feed(), callOf(0));
    engine.step(new Input.Opened(new PartitionState(0, 1, 3, List.of()), 3, List.of()), NOW);
    engine.step(new Input.StartReplay(0, replay), NOW);

    var call = List.of(event(0, callOf(0), 1, "{}"), event(1, callOf(0), 2, "{}"));
    var failed =
        GiveUps.of(WEBHOOK, List.of(new GiveUp(WEBHOOK, 0, 1, GiveUp.Reason.EXHAUSTED, NOW)));
    engine.step(new Input.LaneRead(0, key, call, 3, failed), NOW);
    var attempt = attempts(engine.step(new Input.ThreadRead(0, key, 1, 0), NOW)).getFirst();
    var refused = new Outcome.Unreachable(Outcome.Reason.NO_CONNECTION, "refused", Duration.ZERO);
    engine.step(new Input.AttemptEnded(0, key, attempt.telling().event(), NOW, refused), NOW);

    assertThat(rowsPut(afterSeconds(engine)))
        .extracting(LaneRow::head, LaneRow::attempts)
        .as("a changed webhook may want what comes before: that is not told behind it")
        .contains(tuple(1L, 1))
        .doesNotContain(tuple(0L, 1));
  }

  @Test
  void replayThatIsCatchingUpReadsOnAlsoWhileWhatWaitsForItTakesTheMemory() {
    var replay = replayOfFirstThreeOffsets();
    var engine = engine(settings(/* places= */ 1, /* memoryBytes= */ 1_000));
    var row = new LaneRow(new LaneKey(WEBHOOK, callOf(0)), 0, 0, Instant.EPOCH, 1, 0);
    var feeds =
        List.of(new FeedCursor(Feed.live(WEBHOOK), 0, 0), new FeedCursor(replay.feed(), 0, 0));
    var state = new PartitionState(0, 1, /* watermark= */ 3, List.of(row), feeds);
    var call =
        List.of(
            event(0, callOf(0), 2, "x".repeat(600)),
            event(1, callOf(0), 3, "x".repeat(600)),
            event(2, callOf(0), 4, "x".repeat(600)));

    engine.step(new Input.Opened(state, 3, List.of(replay)), NOW);
    engine.step(new Input.TimePassed(), NOW);
    var live = new Input.PartitionRead(0, Feed.live(WEBHOOK), 0, call, GiveUps.none());
    engine.step(live, NOW);
    assertThat(engine.load().bytesAtHand()).isEqualTo(1_800);

    var first = List.of(call.getFirst());
    var again = new Input.PartitionRead(0, replay.feed(), 0, first, GiveUps.none());
    assertThat(engine.step(again, NOW)).contains(new Effect.ReadPartition(0, replay.feed(), 1, 2));
  }

  private static Replay replayOfFirstThreeOffsets() {
    return replay(/* call= */ null, Only.ALL);
  }

  /** Of the partition's first three offsets. */
  private static Replay replay(@Nullable CallId call, Only only) {
    return new Replay(
        new ReplayId("rp_1"),
        WEBHOOK,
        call,
        NOW,
        NOW.plusSeconds(1),
        only,
        NOW,
        Map.of(0, 0L),
        Map.of(0, 3L));
  }
}
