package io.switchhook.testkit.journal;

import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.event.PartitionList;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import io.switchhook.testkit.contract.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the disk when a day is dropped, and when a crash comes in between. */
class JournalDropTest {
  private static final String OLDEST = "2026-11-22";
  private static final int PARTITION =
      PartitionList.forNewCompany(Records.ACME).partitionOf(call("a"));

  @TempDir Path parent;

  @SuppressWarnings("NullAway.Init") // Made before each test.
  private JournalFolder folder;

  private final List<JournalRecord> written = new ArrayList<>();

  @BeforeEach
  void threeDays() {
    folder = new JournalFolder(parent.resolve("journal"));
    for (int day = 0; day < 3; day++) {
      try (var journal = folder.open()) {
        written.addAll(append(journal, event(call("a"), "day " + day)));
      }
      folder.clock.advance(Duration.ofDays(1));
    }
    folder.clock.advance(Duration.ofDays(-1));
  }

  private void isGone(Journal journal) {
    assertThat(journal.read(PARTITION, 0, 10)).isEqualTo(new Page.Gone(1));
    assertThat(Records.everything(journal)).isEqualTo(written.subList(1, written.size()));
  }

  private List<String> filesOf(String day) throws IOException {
    try (var files = Files.list(folder.path)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith(day)).toList();
    }
  }

  @Test
  void allFilesOfTheDayAreDeletedAlsoThoseThatWerePutAsideAsDamaged() throws IOException {
    Files.writeString(folder.path.resolve(OLDEST + ".db.damaged"), "phone numbers");
    Files.writeString(folder.path.resolve(OLDEST + ".db-wal.damaged.2"), "phone numbers");
    try (var journal = folder.open()) {
      assertThat(journal.drop(journal.oldestEnded().orElseThrow())).isTrue();
      assertThat(filesOf(OLDEST)).isEmpty();
      isGone(journal);
    }
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings()).isEmpty();
      isGone(journal);
    }
  }

  @Test
  void dayThatWasWrittenWhileTheJournalIsOpenIsDroppedWithItsLog() throws IOException {
    try (var journal = folder.open()) {
      append(journal, event(call("a"), "day 2, later"));
      folder.clock.advance(Duration.ofDays(1));
      append(journal, event(call("a"), "day 3"));
      for (int i = 0; i < 3; i++) {
        journal.drop(journal.oldestEnded().orElseThrow());
      }

      assertThat(filesOf("2026-11-24")).isEmpty();
      assertThat(Records.everything(journal))
          .extracting(record -> record.body().utf8())
          .containsExactly("day 3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm"})
  void crashWhileFilesAreDeletedLeavesTheDayGone(String left) throws IOException {
    // The name that says that the day was dropped is there until all else of it is deleted.
    Files.move(folder.day(OLDEST), folder.path.resolve(OLDEST + ".db.dropped"));
    if (!left.isEmpty()) {
      Files.writeString(folder.path.resolve(OLDEST + ".db" + left), "what was left");
    }
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings()).isEmpty();
      isGone(journal);
      assertThat(filesOf(OLDEST)).isEmpty();
    }
  }

  @Test
  void crashBeforeTheFilesAreDeletedLeavesTheDayWholeAndItIsOfferedAgain() {
    JournalFolder crashed;
    try (var journal = folder.open()) {
      assertThat(journal.oldestEnded()).isPresent();
      crashed = folder.copyTo(parent.resolve("crashed"));
    }
    try (var journal = crashed.open()) {
      assertThat(Records.everything(journal)).isEqualTo(written);
      assertThat(journal.drop(journal.oldestEnded().orElseThrow())).isTrue();
      isGone(journal);
    }
  }

  @Test
  void fileThatCannotBeDeletedIsToldAndNotReadAnyMore() throws IOException {
    try (var journal = folder.open()) {
      // Somebody took the file away, so that it cannot be given its other name.
      Files.delete(folder.day(OLDEST));
      assertThatThrownBy(() -> journal.drop(journal.oldestEnded().orElseThrow()))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(OLDEST + ".db");
      isGone(journal);
    }
  }

  @Test
  void damagedDayCanBeDropped() throws IOException {
    Files.writeString(folder.day(OLDEST), "no database ".repeat(1_000));
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().tellsOfLoss()).isTrue();
      assertThat(journal.drop(journal.oldestEnded().orElseThrow())).isTrue();
      isGone(journal);
      assertThat(filesOf(OLDEST)).isEmpty();
    }
  }
}
