package io.switchhook.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every cursor store does. */
public abstract class CursorStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.001Z");
  private static final WebhookId HOOK = new WebhookId("wh_1");
  private static final WebhookId OTHER_HOOK = new WebhookId("wh_2");
  private static final CompanyId COMPANY = new CompanyId("fedcba9876543210");

  /** The store under test. */
  protected CursorStore store;

  /** Makes an empty store. */
  protected abstract CursorStore create();

  @BeforeEach
  void createStore() {
    store = create();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static LaneRow lane(WebhookId webhook, String uid, long head) {
    return new LaneRow(
        new LaneKey(webhook, new CallId(COMPANY, uid)), head, 3, NOW.plusMillis(head), 7, 2);
  }

  private static GiveUp giveUp(WebhookId webhook, int partition, long offset, Reason reason) {
    return new GiveUp(webhook, partition, offset, reason, NOW.plusMillis(offset));
  }

  private static CursorCommit watermark(int partition, long epoch, long watermark) {
    return new CursorCommit(partition, epoch, List.of(), List.of(), watermark, List.of(), NOW);
  }

  private static Committed await(CompletionStage<Committed> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void firstOwnerFindsNothingStored() {
    assertThat(store.acquire(255)).isEqualTo(new PartitionState(255, 1, 0, List.of()));
    assertThat(store.highestEngineTime()).isEqualTo(Instant.EPOCH);
    assertThat(store.giveUps(255, 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void nextOwnerFindsWhatWasCommitted() {
    long epoch = store.acquire(4).epoch();
    var lanes = List.of(lane(HOOK, "a", 10), lane(HOOK, "b", 11), lane(OTHER_HOOK, "a", 12));
    var commit = new CursorCommit(4, epoch, lanes, List.of(), 20, List.of(), NOW);

    assertThat(await(store.commit(commit))).isEqualTo(Committed.DURABLE);
    assertThat(store.acquire(4)).isEqualTo(new PartitionState(4, epoch + 1, 20, lanes));
    assertThat(store.acquire(5)).isEqualTo(new PartitionState(5, 1, 0, List.of()));
  }

  @Test
  void laneThatIsPutAgainIsReplaced() {
    long epoch = store.acquire(4).epoch();
    await(
        store.commit(
            new CursorCommit(
                4, epoch, List.of(lane(HOOK, "a", 10)), List.of(), 0, List.of(), NOW)));
    var moved = new LaneRow(lane(HOOK, "a", 0).key(), 99, 0, NOW.plusSeconds(1), 98, 0);
    await(store.commit(new CursorCommit(4, epoch, List.of(moved), List.of(), 0, List.of(), NOW)));

    assertThat(store.acquire(4).lanes()).containsExactly(moved);
  }

  @Test
  void laneThatIsDeletedIsGoneAndTheOthersStay() {
    long epoch = store.acquire(4).epoch();
    var kept = lane(HOOK, "b", 11);
    var ended = lane(HOOK, "a", 10);
    await(
        store.commit(
            new CursorCommit(4, epoch, List.of(ended, kept), List.of(), 0, List.of(), NOW)));
    await(
        store.commit(
            new CursorCommit(4, epoch, List.of(), List.of(), 30, List.of(ended.key()), NOW)));

    assertThat(store.acquire(4)).isEqualTo(new PartitionState(4, epoch + 1, 30, List.of(kept)));
  }

  @Test
  void deletingComesAfterPutting() {
    long epoch = store.acquire(4).epoch();
    var lane = lane(HOOK, "a", 10);
    await(
        store.commit(
            new CursorCommit(4, epoch, List.of(lane), List.of(), 0, List.of(lane.key()), NOW)));

    assertThat(store.acquire(4).lanes()).isEmpty();
  }

  @Test
  void sameCallOfOneWebhookMayHaveLanesInTwoPartitions() {
    var old = lane(HOOK, "a", 10);
    var wide = lane(HOOK, "a", 2);
    await(
        store.commit(
            new CursorCommit(
                4, store.acquire(4).epoch(), List.of(old), List.of(), 0, List.of(), NOW)));
    long epoch = store.acquire(5).epoch();
    await(store.commit(new CursorCommit(5, epoch, List.of(wide), List.of(), 0, List.of(), NOW)));
    await(
        store.commit(
            new CursorCommit(5, epoch, List.of(), List.of(), 0, List.of(wide.key()), NOW)));

    assertThat(store.acquire(4).lanes()).containsExactly(old);
    assertThat(store.acquire(5).lanes()).isEmpty();
  }

  @Test
  void formerOwnerIsFencedAndChangesNothing() {
    long former = store.acquire(4).epoch();
    var lane = lane(HOOK, "a", 10);
    await(store.commit(new CursorCommit(4, former, List.of(lane), List.of(), 5, List.of(), NOW)));
    long epoch = store.acquire(4).epoch();
    var late =
        new CursorCommit(
            4,
            former,
            List.of(lane(HOOK, "b", 11)),
            List.of(giveUp(HOOK, 4, 1, Reason.EXPIRED)),
            50,
            List.of(lane.key()),
            NOW.plusSeconds(60));

    assertThat(await(store.commit(late))).isEqualTo(Committed.FENCED);
    assertThat(store.giveUps(4, 0, Long.MAX_VALUE)).isEmpty();
    assertThat(store.highestEngineTime()).isEqualTo(NOW);
    assertThat(store.acquire(4)).isEqualTo(new PartitionState(4, epoch + 1, 5, List.of(lane)));
  }

  @Test
  void whoNeverAcquiredIsFenced() {
    assertThat(await(store.commit(watermark(4, 1, 9)))).isEqualTo(Committed.FENCED);
    assertThat(await(store.commit(watermark(4, 0, 9)))).isEqualTo(Committed.FENCED);
    assertThat(store.acquire(4).watermark()).isZero();
  }

  @Test
  void commitsOfAPartitionAreCarriedOutInTheirOrder() {
    long epoch = store.acquire(4).epoch();
    var stages = new ArrayList<CompletionStage<Committed>>();
    for (int i = 1; i <= 200; i++) {
      stages.add(
          store.commit(
              new CursorCommit(
                  4,
                  epoch,
                  List.of(lane(HOOK, "a", i)),
                  List.of(),
                  i,
                  List.of(),
                  NOW.plusMillis(i))));
    }
    assertThat(stages).allSatisfy(stage -> assertThat(await(stage)).isEqualTo(Committed.DURABLE));

    var state = store.acquire(4);
    assertThat(state.watermark()).isEqualTo(200);
    assertThat(state.lanes()).containsExactly(lane(HOOK, "a", 200));
    assertThat(store.highestEngineTime()).isEqualTo(NOW.plusMillis(200));
  }

  @Test
  void engineTimeNeverGoesBack() {
    long epoch = store.acquire(4).epoch();
    await(store.commit(watermark(4, epoch, 1)));
    await(
        store.commit(
            new CursorCommit(4, epoch, List.of(), List.of(), 2, List.of(), NOW.minusSeconds(9))));

    assertThat(store.highestEngineTime()).isEqualTo(NOW);
  }

  @Test
  void giveUpsAreFoundByOffsetThenWebhook() {
    var first = giveUp(HOOK, 4, 10, Reason.EXHAUSTED);
    var second = giveUp(OTHER_HOOK, 4, 10, Reason.EXPIRED);
    var third = giveUp(HOOK, 4, 11, Reason.SUPERSEDED);
    var fourth = giveUp(HOOK, 4, 12, Reason.RETENTION);
    long epoch = store.acquire(4).epoch();
    var shuffled = List.of(third, second, fourth, first);
    await(store.commit(new CursorCommit(4, epoch, List.of(), shuffled, 0, List.of(), NOW)));
    var elsewhere = giveUp(HOOK, 5, 10, Reason.DISABLED);
    long otherEpoch = store.acquire(5).epoch();
    await(
        store.commit(
            new CursorCommit(5, otherEpoch, List.of(), List.of(elsewhere), 0, List.of(), NOW)));

    assertThat(store.giveUps(4, 0, Long.MAX_VALUE)).containsExactly(first, second, third, fourth);
    assertThat(store.giveUps(4, 10, 11)).containsExactly(first, second);
    assertThat(store.giveUps(4, 13, 20)).isEmpty();
    assertThat(store.giveUps(5, 0, 11)).containsExactly(elsewhere);
    assertThat(store.giveUpsOf(HOOK, 4, 0, 2)).containsExactly(first, third);
    assertThat(store.giveUpsOf(HOOK, 4, 11, 9)).containsExactly(third, fourth);
    assertThat(store.giveUpsOf(new WebhookId("wh_3"), 4, 0, 9)).isEmpty();
  }

  @Test
  void giveUpsAreForgottenWhenTheirEventsAreGoneAndTheyAreOldThemselves() {
    long epoch = store.acquire(4).epoch();
    var old = giveUp(HOOK, 4, 10, Reason.EXHAUSTED);
    var recorded = new GiveUp(HOOK, 4, 11, Reason.RETENTION, old.at().plusSeconds(1));
    var kept = giveUp(HOOK, 4, 12, Reason.EXPIRED);
    var reaching = new GiveUp(OTHER_HOOK, 4, 5, 13, Reason.DISABLED, old.at());
    var giveUps = List.of(old, recorded, kept, reaching);
    await(store.commit(new CursorCommit(4, epoch, List.of(), giveUps, 0, List.of(), NOW)));

    assertThat(store.forgetGiveUps(4, 12, old.at())).isZero();
    assertThat(store.forgetGiveUps(5, 12, old.at().plusMillis(1))).isZero();
    assertThat(store.forgetGiveUps(4, 12, old.at().plusMillis(1))).isEqualTo(1);
    assertThat(store.giveUps(4, 0, 100)).containsExactly(reaching, recorded, kept);
    assertThat(store.forgetGiveUps(4, 13, old.at().plusSeconds(2))).isEqualTo(3);
    assertThat(store.giveUps(4, 0, 100)).isEmpty();
  }

  @Test
  void giveUpThatIsPutAgainIsOne() {
    long epoch = store.acquire(4).epoch();
    var giveUp = giveUp(HOOK, 4, 10, Reason.EXHAUSTED);
    for (int i = 0; i < 2; i++) {
      await(
          store.commit(new CursorCommit(4, epoch, List.of(), List.of(giveUp), 0, List.of(), NOW)));
    }

    assertThat(store.giveUps(4, 0, 100)).containsExactly(giveUp);
  }
}
