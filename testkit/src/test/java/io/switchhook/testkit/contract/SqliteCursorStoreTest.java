package io.switchhook.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.sqlite.SqliteCursorStore;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCursorStoreTest extends CursorStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.001Z");

  @TempDir Path folder;

  // Opened by create(), which the suite calls before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @Override
  protected CursorStore create() {
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    return new SqliteCursorStore(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private static LaneRow lane(String uid, long head) {
    return new LaneRow(new LaneKey(new WebhookId("wh_1"), Records.call(uid)), head, 1, NOW, 0, 0);
  }

  private static CursorCommit commit(long epoch, List<LaneRow> lanes, List<GiveUp> giveUps) {
    return new CursorCommit(9, epoch, lanes, giveUps, 12, List.of(), NOW);
  }

  @Test
  void whatWasCommittedIsThereAfterReopening() {
    long epoch = store.acquire(9).epoch();
    var lane = lane("a", 5);
    var giveUp = new GiveUp(new WebhookId("wh_1"), 9, 4, GiveUp.Reason.EXPIRED, NOW);
    store.commit(commit(epoch, List.of(lane), List.of(giveUp)));
    store.close();
    store.close();
    database.close();
    store = create();

    assertThat(store.acquire(9)).isEqualTo(new PartitionState(9, epoch + 1, 12, List.of(lane)));
    assertThat(store.giveUps(9, 0, 100)).containsExactly(giveUp);
    assertThat(store.highestEngineTime()).isEqualTo(NOW);
  }

  @Test
  void rowsThatDoNotChangeAreNotWritten() {
    long epoch = store.acquire(9).epoch();
    var giveUp = new GiveUp(new WebhookId("wh_1"), 9, 4, GiveUp.Reason.EXPIRED, NOW);
    var commit = commit(epoch, List.of(lane("a", 5), lane("b", 6)), List.of(giveUp));
    store.commit(commit).toCompletableFuture().join();
    long before = changes();
    store.commit(commit).toCompletableFuture().join();

    assertThat(changes()).isEqualTo(before);
    store.commit(commit(epoch, List.of(lane("a", 7)), List.of())).toCompletableFuture().join();
    assertThat(changes()).isEqualTo(before + 1);
  }

  private long changes() {
    return database.writeNow(session -> session.number("SELECT total_changes()"));
  }

  @Test
  void closedStoreFailsCommits() {
    long epoch = store.acquire(9).epoch();
    store.close();

    assertThat(store.commit(commit(epoch, List.of(), List.of())).toCompletableFuture())
        .isCompletedExceptionally();
  }
}
