package io.switchhook.delivery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.GiveUp;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientCursorStoreTest {
  private static final int PARTITION = 7;
  private static final int GIVE_UPS = 10_000;

  @TempDir Path folder;

  private final List<Throwable> fatal = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final ArrayDeque<Runnable> paused = new ArrayDeque<>();

  @SuppressWarnings("NullAway.Init") // Opened before each test.
  private Database database;

  @SuppressWarnings("NullAway.Init") // Made before each test.
  private PatientCursorStore cursors;

  private long epoch;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.of(folder.resolve("state.db"), fatal::add));
    cursors =
        new PatientCursorStore(
            new SqliteCursorStore(database),
            pause -> {
              pauses.add(pause);
              return paused::add;
            });
    epoch = cursors.acquire(PARTITION).epoch();
  }

  @AfterEach
  void close() {
    cursors.close();
    database.close();
    assertThat(fatal).isEmpty();
  }

  private void limitPages(long max) {
    database.writeNow(session -> session.number("PRAGMA max_page_count=" + max));
  }

  private void fillTheDisk() {
    limitPages(database.read(session -> session.number("PRAGMA page_count")));
  }

  /** A commit that needs many pages. */
  private CompletableFuture<Committed> commit() {
    var giveUps =
        LongStream.range(0, GIVE_UPS)
            .mapToObj(
                offset ->
                    new GiveUp(
                        new WebhookId("wh_1"),
                        PARTITION,
                        offset,
                        GiveUp.Reason.EXPIRED,
                        Instant.ofEpochMilli(1)))
            .toList();
    return cursors
        .commit(
            new CursorCommit(
                PARTITION, epoch, List.of(), giveUps, GIVE_UPS, List.of(), Instant.EPOCH))
        .toCompletableFuture();
  }

  /** Waits until what was submitted was tried. */
  private void settle() {
    try {
      database.writeNow(session -> session);
    } catch (DatabaseException.DiskFull _) {
      // It was tried in one transaction with the commit.
    }
  }

  @Test
  void commitThatFindsTheDiskFullIsCarriedOutWhenThereIsRoom() throws Exception {
    fillTheDisk();
    var committed = commit();
    for (int i = 0; i < 9; i++) {
      settle();
      assertThat(committed).isNotDone();
      assertThat(cursors.isWaiting()).isTrue();
      paused.remove().run();
    }
    settle();
    assertThat(cursors.giveUps(PARTITION, 0, Long.MAX_VALUE)).isEmpty();
    limitPages(1 << 20);
    paused.remove().run();

    assertThat(committed.get(60, TimeUnit.SECONDS)).isEqualTo(Committed.DURABLE);
    assertThat(cursors.isWaiting()).isFalse();
    assertThat(cursors.giveUps(PARTITION, 0, Long.MAX_VALUE)).hasSize(GIVE_UPS);
    assertThat(pauses).first().isEqualTo(PatientCursorStore.FIRST_PAUSE);
    assertThat(pauses).isSorted().last().isEqualTo(PatientCursorStore.PAUSE_MAX);
  }

  @Test
  void storeThatIsToHurryDoesNotWait() {
    fillTheDisk();
    var committed = commit();
    settle();
    cursors.hurry();
    paused.remove().run();

    assertThatThrownBy(() -> committed.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DatabaseException.DiskFull.class);
    limitPages(1 << 20);
  }

  @Test
  void otherFailuresAreToldAtOnce() {
    cursors.close();

    assertThat(commit()).isCompletedExceptionally();
    assertThat(pauses).isEmpty();
  }
}
