package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.event.WebhookId;
import io.switchhook.history.Change;
import io.switchhook.history.EventRef;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.journal.Append;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final int PARTITION = 3;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final CallId CALL = new CallId(new CompanyId("5cd40f6554442586"), "c1");

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private long nanos;
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(_ -> new PartitionList(List.of(PARTITION)), () -> now));
  private final MemoryHistoryStore history = new MemoryHistoryStore();
  private final Telemetry telemetry = new Telemetry();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final List<EndedSegment> givenUp = new ArrayList<>();
  private final List<Instant> tidied = new ArrayList<>();
  private CompletableFuture<?> whenGivenUp = CompletableFuture.completedFuture(null);

  @SuppressWarnings("NullAway.Init") // Opened before each test.
  private Database database;

  @SuppressWarnings("NullAway.Init") // Made before each test.
  private Retention retention;

  @BeforeEach
  void start() {
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    retention = restarted();
  }

  @AfterEach
  void stop() {
    database.close();
    telemetry.close();
  }

  private Retention restarted() {
    return new Retention(
        new Retention.Parts(
            DAY.multipliedBy(2),
            journal,
            day -> CompletableFuture.completedFuture(history.forgetBefore(day).days()),
            new RetentionState(database),
            going -> {
              givenUp.add(going);
              return whenGivenUp;
            },
            tidied::add,
            telemetry.journal(),
            () -> now,
            () -> nanos),
        stopped);
  }

  private JournalRecord event(String name) {
    var record = new NewRecord(CALL, Kind.IN_CALL, 0, now, Identity.ofName(name), Bytes.utf8(name));
    var kept = (Append.Kept) journal.append(List.of(record)).toCompletableFuture().join();
    return kept.entries().getFirst().record();
  }

  /** An event on each of so many days; the last day stays open. */
  private void days(int count) {
    for (int day = 0; day < count; day++) {
      if (day > 0) {
        now = now.plus(DAY);
      }
      var record = event("day " + day);
      history.write(List.of(new Change.Wanted(EventRef.of(record), new WebhookId("wh_1"))));
    }
  }

  private void run(Duration running) {
    nanos += running.toNanos();
    now = now.plus(running);
  }

  @Test
  void dayStaysAsLongAsAnythingOfItMayNotGo() {
    days(3);
    now = Instant.parse("2026-11-24T23:59:59.999Z");
    retention.round();
    assertThat(journal.oldest(PARTITION)).isZero();
    assertThat(givenUp).isEmpty();

    now = now.plusMillis(1);
    retention.round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(1);
    assertThat(givenUp).hasSize(1);
    assertThat(givenUp.getFirst().firstKept().get(PARTITION)).isEqualTo(1);
  }

  @Test
  void nothingIsDeletedBeforeDeliveryHasGivenUp() {
    days(10);
    whenGivenUp = CompletableFuture.failedFuture(new IllegalStateException("no commit"));
    assertThatThrownBy(() -> retention.round()).isInstanceOf(CompletionException.class);
    assertThat(journal.oldest(PARTITION)).isZero();

    // Tried again at once: the hour's turn was taken for this very day.
    whenGivenUp = CompletableFuture.completedFuture(null);
    retention.round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(1);
    assertThat(givenUp).hasSize(2);
    assertThat(givenUp.getFirst()).isEqualTo(givenUp.getLast());
  }

  @Test
  void crashBetweenGivingUpAndDeletingIsGoneOnWith() {
    days(10);
    whenGivenUp = new CompletableFuture<>();
    stopped.complete(null);
    retention.round();
    assertThat(journal.oldest(PARTITION)).isZero();

    whenGivenUp = CompletableFuture.completedFuture(null);
    restarted().round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(1);
    // And that was this hour's day.
    restarted().round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(1);
  }

  @Test
  void clockThatJumpsAMonthAheadLosesOneDayAnHour() {
    days(20);
    now = now.plus(DAY.multipliedBy(30));
    event("after the jump");
    for (int minute = 0; minute < 180; minute++) {
      retention.round();
      run(Duration.ofMinutes(1));
    }
    assertThat(journal.oldest(PARTITION)).isEqualTo(3);
  }

  @Test
  void restartsDoNotMakeItFasterNorEndlesslySlower() {
    days(20);
    now = now.plus(DAY.multipliedBy(30));
    event("after the jump");
    for (int minute = 0; minute < 180; minute++) {
      if (minute % 7 == 0) {
        retention = restarted();
      }
      retention.round();
      run(Duration.ofMinutes(1));
    }
    // The minutes between the last round and a restart are not counted: a seventh of them.
    assertThat(journal.oldest(PARTITION)).isEqualTo(3);
    run(HOUR.multipliedBy(100));
    retention.round();
    retention.round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(4);
  }

  @Test
  void historyForgetsWhatTheJournalHasNothingOfAnyMore() {
    days(5);
    retention.round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(1);

    assertThat(history.open(null, 10)).hasSize(4);
    assertThat(history.health(CALL.company()).values())
        .allSatisfy(health -> assertThat(health.backlog()).isEqualTo(4));
  }

  @Test
  void historyOfDaysThatTheJournalLostEarlyIsKeptForItsTime() {
    days(2);
    journal.drop(PARTITION, 1);
    retention.round();

    assertThat(history.open(null, 10)).hasSize(2);
  }

  @Test
  void rowsAreTidiedUpOnceADayAndAfterADayWasDropped() {
    days(5);
    retention.round();
    assertThat(tidied).containsExactly(now.minus(DAY.multipliedBy(2)));
    run(Duration.ofMinutes(1));
    retention.round();
    assertThat(tidied).hasSize(1);
    run(HOUR);
    retention.round();
    assertThat(journal.oldest(PARTITION)).isEqualTo(2);
    assertThat(tidied).hasSize(2);
  }

  @Test
  void metricsSayHowMuchIsKept() {
    telemetry.journal().tellAgeBy(() -> now);
    days(5);
    retention.round();

    assertThat(telemetry.prometheusText())
        .contains(
            "switchhook_journal_segments 4.0",
            "switchhook_journal_segments_dropped_total 1.0",
            "switchhook_journal_oldest_record_age_seconds 259200.0");
  }
}
