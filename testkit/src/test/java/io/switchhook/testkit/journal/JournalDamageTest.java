package io.switchhook.testkit.journal;

import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.event.Bytes;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.sqlite.RecoveryReport.Finding;
import io.switchhook.journal.sqlite.RecoveryReport.What;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.testkit.contract.Records;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {
  private static final String DAY = "2026-11-22";
  private static final int RECORDS = 120;

  @TempDir Path parent;
  private final List<JournalRecord> written = new ArrayList<>();

  /** A journal's files after a crash: all records are in the write-ahead log. */
  private JournalFolder crashed() {
    var folder = new JournalFolder(parent.resolve("whole"));
    try (var journal = folder.open()) {
      fill(journal);
      return folder.copyTo(parent.resolve("crashed"));
    }
  }

  /** A journal's files after a clean stop: no write-ahead log is left. */
  private JournalFolder stopped() {
    var folder = new JournalFolder(parent.resolve("whole"));
    try (var journal = folder.open()) {
      fill(journal);
    }
    return folder;
  }

  private void fill(Journal journal) {
    var random = new Random(7);
    for (int i = 0; i < RECORDS; i++) {
      var body = new byte[random.nextInt(600)];
      random.nextBytes(body);
      written.addAll(
          append(
              journal,
              new NewRecord(
                  call("call " + i % 9),
                  Kind.IN_CALL,
                  0,
                  Records.LATE,
                  Identity.ofName("e" + i),
                  Bytes.wrap(body))));
    }
  }

  private Map<Integer, Long> cursorsAtTheEnd() {
    var ends = new TreeMap<Integer, Long>();
    written.forEach(record -> ends.merge(record.partition(), record.offset() + 1, Math::max));
    return ends;
  }

  /** What a journal still gives of what was written; what is gone or damaged is left out. */
  private List<JournalRecord> readable(Journal journal) {
    var found = new ArrayList<JournalRecord>();
    for (int partition : PartitionList.forNewCompany(Records.ACME).partitions()) {
      long next = 0;
      while (next < journal.end(partition)) {
        switch (pageOrNull(journal, partition, next)) {
          case Page.Records(var records, var nextOffset) -> {
            found.addAll(records);
            next = nextOffset;
          }
          case Page.Gone(var oldest) -> next = oldest;
        }
      }
    }
    return found;
  }

  private static Page pageOrNull(Journal journal, int partition, long next) {
    try {
      return journal.read(partition, next, 10);
    } catch (JournalException e) {
      assertThat(e).hasMessageContaining(DAY);
      return new Page.Gone(next + 1);
    }
  }

  /** Opens damaged files and checks that nothing wrong is read and nothing is missing silently. */
  private List<JournalRecord> openDamaged(JournalFolder folder, String damage) {
    try (var journal = folder.open(cursorsAtTheEnd())) {
      var found = readable(journal);
      assertThat(written).as(damage).containsAll(found);
      if (found.size() < written.size()) {
        assertThat(journal.recoveryReport().tellsOfLoss())
            .as("%s: %s", damage, journal.recoveryReport())
            .isTrue();
      }
      goesOn(journal);
      return found;
    }
  }

  private void goesOn(Journal journal) {
    var more = append(journal, event(call("a new call"), "1")).getFirst();
    assertThat(written)
        .noneMatch(old -> old.partition() == more.partition() && old.offset() == more.offset());
    assertThat(Records.records(journal.read(more.partition(), more.offset(), 1)).records())
        .containsExactly(more);
  }

  @Test
  void crashedJournalIsWholeAndItsLogIsTakenOver() {
    var folder = crashed();
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings()).isEmpty();
      assertThat(readable(journal)).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void lastTransactionThatWasNotFinishedIsNothingLost() throws Exception {
    var folder = crashed();
    cut(Path.of(folder.day(DAY) + "-wal"), size(Path.of(folder.day(DAY) + "-wal")) - 10);
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings())
          .extracting(Finding::what)
          .containsExactly(What.UNFINISHED_WRITE);
      assertThat(readable(journal)).hasSize(RECORDS - 1);
    }
  }

  @Test
  void cutLogIsToldOf() throws Exception {
    var original = crashed();
    long size = size(Path.of(original.day(DAY) + "-wal"));
    for (int i = 0; i < 12; i++) {
      var folder = original.copyTo(parent.resolve("cut log " + i));
      long left = size * i / 12;
      cut(Path.of(folder.day(DAY) + "-wal"), left);
      openDamaged(folder, "log cut to " + left);
    }
  }

  @Test
  void flippedByteInTheLogIsToldOfAndTheLogIsPutAside() throws Exception {
    var original = crashed();
    long size = size(Path.of(original.day(DAY) + "-wal"));
    var random = new Random(3);
    for (int i = 0; i < 12; i++) {
      var folder = original.copyTo(parent.resolve("flipped log " + i));
      long at = i == 0 ? 5 : random.nextLong(size);
      flip(Path.of(folder.day(DAY) + "-wal"), at);
      var found = openDamaged(folder, "log flipped at " + at);
      if (found.size() < RECORDS - 1) {
        assertThat(folder.path).isDirectoryContaining("glob:**-wal.damaged");
      }
    }
  }

  @Test
  void cutFileIsMendedAndPutAside() throws Exception {
    var original = stopped();
    long size = size(original.day(DAY));
    for (int i = 0; i < 8; i++) {
      var folder = original.copyTo(parent.resolve("cut file " + i));
      // Not to nothing: an empty file is one that was being made.
      long left = Math.max(size * i / 8, 50);
      cut(folder.day(DAY), left);
      openDamaged(folder, "file cut to " + left);
      assertThat(folder.path).isDirectoryContaining("glob:**.db.damaged");
    }
  }

  @Test
  void flippedBytesInTheFileAreNeverReadAsGood() throws Exception {
    var original = stopped();
    long size = size(original.day(DAY));
    var random = new Random(11);
    for (int i = 0; i < 24; i++) {
      var folder = original.copyTo(parent.resolve("flipped file " + i));
      long at = random.nextLong(size);
      flip(folder.day(DAY), at);
      openFlipped(folder, at);
    }
  }

  /**
   * A flipped byte may be found when the file is opened, or when the record is read, or lie where
   * nothing is.
   */
  private void openFlipped(JournalFolder folder, long at) {
    try (var journal = folder.open(cursorsAtTheEnd())) {
      assertThat(written).as("flipped at %d", at).containsAll(readable(journal));
    }
  }

  @Test
  void pageWithManyRecordsSurvivesTheLossOfOneOfThem() {
    var folder = stopped();
    folder.change(
        DAY, "PRAGMA writable_schema=1", "UPDATE record SET body = x'00' WHERE rowid = 60");
    try (var journal = folder.open()) {
      var lost = written.get(59);
      assertThat(readable(journal)).hasSize(RECORDS - 1).doesNotContain(lost);
      assertThatThrownBy(() -> journal.read(lost.partition(), lost.offset(), 10))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "a record of the journal is damaged: segment %s.db, partition %d, offset %d: its checksum does not fit"
                  .formatted(DAY, lost.partition(), lost.offset()));
      assertThatThrownBy(() -> journal.readCall(lost.partition(), lost.call(), 0, 100))
          .isInstanceOf(JournalException.class);
    }
  }

  @Test
  void everyFieldOfARecordIsUnderItsChecksum() {
    var changes =
        List.of(
            "version = 2",
            "company = company + 1",
            "uid = uid || 'x'",
            "kind = 2",
            "kind = 77",
            "flags = 1",
            "accepted_at = accepted_at + 1",
            "happened_at = happened_at + 1",
            "identity = zeroblob(16)",
            "identity = x''",
            "sequence = sequence + 1",
            "checksum = checksum + 1",
            "body = body || x'00'");
    var original = stopped();
    for (var change : changes) {
      var folder = original.copyTo(parent.resolve("change " + changes.indexOf(change)));
      folder.change(DAY, "UPDATE record SET " + change + " WHERE rowid = 1");
      var first = written.getFirst();
      try (var journal = folder.open()) {
        assertThatThrownBy(() -> journal.read(first.partition(), first.offset(), 10))
            .as(change)
            .isInstanceOf(JournalException.class);
      }
    }
  }

  @Test
  void recordThatIsMissingIsAnErrorAndNotAShorterPage() {
    var folder = stopped();
    folder.change(DAY, "DELETE FROM record WHERE rowid = 1");
    var first = written.getFirst();
    try (SqliteJournal journal = folder.open()) {
      assertThatThrownBy(() -> journal.read(first.partition(), first.offset(), 10))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("missing");
    }
  }

  private static long size(Path file) throws IOException {
    return Files.size(file);
  }

  private static void cut(Path file, long left) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(left);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int value = open.read();
      open.seek(at);
      open.write(value ^ 0x55);
    }
  }
}
