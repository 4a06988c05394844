package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.BILLING;
import static io.switchhook.testkit.history.Events.CRM;
import static io.switchhook.testkit.history.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.HistoryRepair;
import io.switchhook.history.HistoryRepair.Truth;
import io.switchhook.history.HistoryRepair.WantedBy;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.journal.JournalRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crash loses the last moments of history; repair brings them back from the truth. */
final class HistoryRepairTest {
  private static final int PARTITION = 7;
  private static final WebhookId DELETED = new WebhookId("wh_deleted");

  @TempDir Path folder;

  private final ListJournal journal = new ListJournal();
  private final Map<LaneKey, LaneRow> lanes = new HashMap<>();
  private final List<GiveUp> giveUps = new ArrayList<>();
  private final Map<Place, DeliveryOutcome> outcomes = new HashMap<>();

  @Test
  void deliveryThatTheCursorsHavePassedIsDeliveredWithItsDetailsLost() {
    var store = new MemoryHistoryStore();
    var event = journal.add("c1", 1);
    repair(store, /* watermark= */ 1).run(() -> false);

    var row = row(store, event, CRM);
    assertThat(row.outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(row.detailsLost()).isTrue();
    assertThat(store.watermarks()).isEqualTo(Map.of(PARTITION, 1L));
  }

  @Test
  void deliveryAboveWatermarkIsSettledOnlyBelowItsLanesHead() {
    var store = new MemoryHistoryStore();
    var done = journal.add("c1", 1);
    var waiting = journal.add("c1", 2);
    var key = new LaneKey(CRM, done.call());
    lanes.put(key, new LaneRow(key, 1, 3, NOON, 1, 0));
    repair(store, /* watermark= */ 0).run(() -> false);

    assertThat(row(store, done, CRM).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(store.told(EventRef.of(waiting))).isEmpty();
  }

  @Test
  void openDeliveryOfWebhookThatWasDeletedIsGivenUp() {
    var store = new MemoryHistoryStore();
    var event = journal.add("c1", 1);
    store.write(List.of(new Change.Wanted(EventRef.of(event), DELETED)));
    store.writeWatermarks(Map.of(PARTITION, 1L));
    repair(store, /* watermark= */ 1).run(() -> false);

    assertThat(row(store, event, DELETED).outcome()).isEqualTo(DeliveryOutcome.GIVEN_UP_DISABLED);
  }

  @Test
  void whatTheJournalNoLongerKeepsIsPassedOver() {
    var store = new MemoryHistoryStore();
    journal.add("c1", 1);
    var kept = journal.add("c1", 2);
    journal.forgetBelow(1);
    repair(store, /* watermark= */ 2).run(() -> false);

    assertThat(row(store, kept, CRM).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(store.watermarks()).isEqualTo(Map.of(PARTITION, 2L));
  }

  @Test
  void repairThatIsToStopEndsAfterAPageAndTheNextOneDoesTheRest() {
    var store = new MemoryHistoryStore();
    for (int i = 0; i < 2_000; i++) {
      journal.add("c" + i, 1);
    }
    var asked = new AtomicInteger();
    var early = repair(store, /* watermark= */ 2_000).run(() -> asked.incrementAndGet() > 2);

    assertThat(early).isFalse();
    assertThat(store.told(EventRef.of(journal.records().getFirst()))).isPresent();
    assertThat(store.told(EventRef.of(journal.records().getLast()))).isEmpty();
    assertThat(store.watermarks()).isEmpty();
    assertThat(repair(store, /* watermark= */ 2_000).run(() -> false)).isTrue();
    assertThat(store.told(EventRef.of(journal.records().getLast()))).isPresent();
    assertThat(store.watermarks()).isEqualTo(Map.of(PARTITION, 2_000L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void historyAgreesWithTruthWhereverTheCrashCame(long seed) {
    var random = new Random(seed);
    randomTruth(random);
    var watermark = journal.records().size() - random.nextInt(40);
    try (var store = new SqliteHistoryStore(folder)) {
      writeUntilCrash(store, random);
      repair(store, watermark).run(() -> false);
      // A second crash, right after the repair, changes nothing.
      repair(store, watermark).run(() -> false);

      for (var event : journal.records()) {
        for (var webhook : wantedBy(event).wanted()) {
          check(store, event, webhook, watermark);
        }
      }
    }
  }

  private record Place(long offset, WebhookId webhook) {}

  /** Calls of which some are parked at a webhook, and some deliveries were given up. */
  private void randomTruth(Random random) {
    var sequences = new HashMap<String, Integer>();
    for (var i = 0; i < 600; i++) {
      var uid = "c" + random.nextInt(60);
      journal.add(uid, sequences.merge(uid, 1, Integer::sum));
    }
    for (var event : journal.records()) {
      var key = new LaneKey(random.nextBoolean() ? CRM : BILLING, event.call());
      if (random.nextInt(60) == 0) {
        lanes.putIfAbsent(key, new LaneRow(key, event.offset(), 2, NOON, 0, 0));
      }
    }
    for (var event : journal.records()) {
      for (var webhook : wantedBy(event).wanted()) {
        var place = new Place(event.offset(), webhook);
        outcomes.put(place, DeliveryOutcome.DELIVERED);
        if (random.nextInt(8) == 0) {
          var reason = List.of(Reason.values()).get(random.nextInt(3));
          giveUps.add(new GiveUp(webhook, PARTITION, event.offset(), reason, NOON));
          outcomes.put(place, DeliveryOutcome.givenUp(reason));
        }
      }
    }
  }

  /** Everything up to some offset is written and marked so; behind it, this and that. */
  private void writeUntilCrash(HistoryStore store, Random random) {
    var complete = random.nextInt(journal.records().size() / 2);
    var reached = complete + random.nextInt(200);
    for (var event : journal.records()) {
      if (event.offset() < complete || (event.offset() < reached && random.nextInt(3) > 0)) {
        for (var webhook : wantedBy(event).wanted()) {
          store.write(changes(event, webhook));
        }
      }
    }
    store.writeWatermarks(Map.of(PARTITION, (long) complete));
  }

  private List<Change> changes(JournalRecord event, WebhookId webhook) {
    var ref = EventRef.of(event);
    var lane = lanes.get(new LaneKey(webhook, event.call()));
    if (lane != null && event.offset() >= lane.head()) {
      return List.of(new Change.Wanted(ref, webhook), Events.failed(ref, webhook, 1));
    }
    var outcome = outcomes.get(new Place(event.offset(), webhook));
    return outcome == DeliveryOutcome.DELIVERED
        ? List.of(new Change.Wanted(ref, webhook), Events.delivered(ref, webhook, 1))
        : List.of(
            new Change.Wanted(ref, webhook),
            new Change.GivenUp(ref, webhook, reasonOf(event, webhook), NOON));
  }

  private Reason reasonOf(JournalRecord event, WebhookId webhook) {
    return giveUps.stream()
        .filter(one -> one.offset() == event.offset() && one.webhook().equals(webhook))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private void check(HistoryStore store, JournalRecord event, WebhookId webhook, long watermark) {
    var lane = lanes.get(new LaneKey(webhook, event.call()));
    var isTerminal = event.offset() < (lane == null ? watermark : lane.head());
    if (isTerminal) {
      assertThat(row(store, event, webhook).outcome())
          .as("offset %d at %s", event.offset(), webhook)
          .isEqualTo(outcomes.get(new Place(event.offset(), webhook)));
    } else if (lane != null && event.offset() < watermark) {
      assertThat(row(store, event, webhook).outcome().isFinal()).isFalse();
    }
  }

  private HistoryRepair repair(HistoryStore store, long watermark) {
    var state = new PartitionState(PARTITION, 1, watermark, List.copyOf(lanes.values()));
    return new HistoryRepair(
        store,
        journal,
        new Truth(
            List.of(state),
            (_, from, to) ->
                giveUps.stream()
                    .filter(giveUp -> giveUp.offset() >= from && giveUp.offset() < to)
                    .toList(),
            HistoryRepairTest::wantedBy));
  }

  private static WantedBy wantedBy(JournalRecord event) {
    return new WantedBy(event.offset() % 3 == 2 ? List.of(CRM, BILLING) : List.of(CRM), List.of());
  }

  private static DeliveryRow row(HistoryStore store, JournalRecord event, WebhookId webhook) {
    return store.told(EventRef.of(event)).orElseThrow().deliveries().stream()
        .filter(row -> row.webhook().equals(webhook))
        .findFirst()
        .orElseThrow();
  }
}
