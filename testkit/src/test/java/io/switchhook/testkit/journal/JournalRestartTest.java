package io.switchhook.testkit.journal;

import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.entries;
import static io.switchhook.testkit.contract.Records.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.journal.sqlite.RecoveryReport;
import io.switchhook.journal.sqlite.RecoveryReport.Finding;
import io.switchhook.journal.sqlite.RecoveryReport.What;
import io.switchhook.testkit.contract.Records;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRestartTest {
  private static final int PARTITION =
      PartitionList.forNewCompany(Records.ACME).partitionOf(call("a"));

  @TempDir Path parent;

  @SuppressWarnings("NullAway.Init") // Made before each test.
  private JournalFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new JournalFolder(parent.resolve("journal"));
  }

  @Test
  void sequencesAndIdentitiesGoOnAfterRestartAndMidnight() {
    for (int day = 0; day < 4; day++) {
      try (var journal = folder.open()) {
        assertThat(journal.recoveryReport().findings()).isEmpty();
        var kept = append(journal, event(call("a"), "day " + day)).getFirst();
        assertThat(kept.sequence()).isEqualTo(day + 1);
        assertThat(kept.offset()).isEqualTo(day);
        assertThat(entries(journal, event(call("a"), "day 0")).getFirst())
            .satisfies(entry -> assertThat(entry.duplicate()).isTrue())
            .satisfies(entry -> assertThat(entry.record().body().utf8()).isEqualTo("day 0"));
      }
      folder.clock.advance(Duration.ofDays(1));
    }

    assertThat(folder.path).isDirectoryContaining("glob:**/2026-11-25.db");
  }

  @Test
  void windowEndsAfterRestartToo() {
    try (var journal = folder.open()) {
      append(journal, event(call("a"), "1"));
    }
    folder.clock.advance(JournalSettings.DEDUPE_WINDOW.plusMillis(1));
    try (var journal = folder.open()) {
      assertThat(entries(journal, event(call("a"), "1")).getFirst())
          .satisfies(entry -> assertThat(entry.duplicate()).isFalse())
          .satisfies(entry -> assertThat(entry.record().sequence()).isEqualTo(1));
    }
  }

  @Test
  void offsetsGoOnAcrossDaysOnWhichAPartitionHadNothing() {
    try (var journal = folder.open()) {
      append(journal, event(call("a"), "1"), event(call("a"), "2"));
    }
    var elsewhere =
        callIn(
            PartitionList.forNewCompany(Records.ACME).partitions().stream()
                .filter(p -> p != PARTITION)
                .findFirst()
                .orElseThrow());
    for (int day = 0; day < 3; day++) {
      folder.clock.advance(Duration.ofDays(1));
      try (var journal = folder.open()) {
        append(journal, event(call(elsewhere), "day " + day));
        assertThat(journal.end(PARTITION)).isEqualTo(2);
      }
    }
    try (var journal = folder.open()) {
      assertThat(append(journal, event(call("a"), "3")).getFirst().offset()).isEqualTo(2);
      assertThat(Records.readAll(journal, PARTITION, 0, 2))
          .extracting(JournalRecord::offset)
          .containsExactly(0L, 1L, 2L);
    }
  }

  private static String callIn(int partition) {
    for (int i = 0; ; i++) {
      if (PartitionList.forNewCompany(Records.ACME).partitionOf(call("call " + i)) == partition) {
        return "call " + i;
      }
    }
  }

  @Test
  void timeGoesOnFromTheHighestStored() {
    try (var journal = folder.open()) {
      append(journal, event(call("a"), "1"));
      assertThat(journal.highestEngineTime()).isEqualTo(Instant.EPOCH);
    }
    folder.clock.advance(Duration.ofDays(-2));
    try (var journal = folder.open()) {
      assertThat(journal.highestEngineTime()).isEqualTo(Records.LATE);
      assertThat(append(journal, event(call("a"), "2")).getFirst().acceptedAt())
          .isEqualTo(Records.LATE);
    }
    assertThat(folder.path).isDirectoryNotContaining("glob:**/2026-11-20.db");
  }

  @Test
  void dayThatWasTakenAwayIsToldOfAndGone() throws Exception {
    threeDays();
    Files.delete(folder.day("2026-11-23"));
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings())
          .extracting(Finding::what)
          .containsExactly(What.MISSING);
      assertThat(journal.recoveryReport().findings().getFirst().text())
          .isEqualTo("1 records between it and 2026-11-22.db are missing; they are told as gone");
      assertThat(journal.oldest(PARTITION)).isZero();
      assertThat(Records.records(journal.read(PARTITION, 0, 10)).nextOffset()).isEqualTo(1);
      assertThat(journal.read(PARTITION, 1, 10)).isEqualTo(new Page.Gone(2));
      assertThat(journal.readCompany(Records.ACME, PARTITION, 1, 10)).isEqualTo(new Page.Gone(2));
      assertThat(Records.records(journal.read(PARTITION, 2, 10)).records()).hasSize(1);
    }
  }

  private void threeDays() {
    for (int day = 0; day < 3; day++) {
      try (var journal = folder.open()) {
        append(journal, event(call("a"), "day " + day));
      }
      folder.clock.advance(Duration.ofDays(1));
    }
  }

  @Test
  void oldestDayThatWentByRetentionIsNothingToTell() throws Exception {
    threeDays();
    Files.delete(folder.day("2026-11-22"));
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings()).isEmpty();
      assertThat(journal.oldest(PARTITION)).isEqualTo(1);
      assertThat(journal.read(PARTITION, 0, 10)).isEqualTo(new Page.Gone(1));
    }
  }

  @Test
  void cursorsThatAreFurtherThanTheJournalAreWhereItGoesOn() throws Exception {
    threeDays();
    Files.delete(folder.day("2026-11-24"));
    for (int restart = 0; restart < 2; restart++) {
      try (var journal = folder.open(Map.of(PARTITION, 3L, 255, 0L))) {
        assertThat(journal.recoveryReport().tellsOfLoss()).isEqualTo(restart == 0);
        assertThat(journal.end(PARTITION)).isEqualTo(3);
        assertThat(journal.read(PARTITION, 2, 10)).isEqualTo(new Page.Gone(3));
        assertThat(journal.read(PARTITION, 3, 10)).isEqualTo(new Page.Records(List.of(), 3));
      }
    }
    try (var journal = folder.open()) {
      assertThat(append(journal, event(call("a"), "more")).getFirst().offset()).isEqualTo(3);
    }
  }

  @Test
  void dayThatWasBeingMadeInACrashIsMadeAgain() throws Exception {
    threeDays();
    Files.createFile(folder.day("2026-11-25"));
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport().findings())
          .extracting(Finding::what)
          .containsExactly(What.UNFINISHED_WRITE);
      assertThat(append(journal, event(call("a"), "more")).getFirst().offset()).isEqualTo(3);
    }
  }

  @Test
  void fileOfAnotherNameIsLeftAlone() throws Exception {
    threeDays();
    Files.writeString(folder.path.resolve("notes.db"), "not a segment");
    Files.writeString(folder.path.resolve("2026-99-99.db"), "not a day");
    try (var journal = folder.open()) {
      assertThat(journal.recoveryReport()).isEqualTo(new RecoveryReport(List.of()));
    }
  }

  @Test
  void failureAtAnyRecordLeavesNothingOfTheBatchAndNothingOfItInMemory() {
    try (var journal = folder.open()) {
      append(journal, event(call("a"), "first"));
    }
    int size = 8;
    var batch = new ArrayList<NewRecord>();
    for (int i = 0; i < size; i++) {
      batch.add(event(call("a"), "event " + i));
    }
    for (int failing = 0; failing < size; failing++) {
      // One kind of error undoes the statement, the other the whole transaction before we hear of
      // it.
      var error = failing % 2 == 0 ? "ABORT" : "ROLLBACK";
      folder.change(
          "2026-11-22",
          "DROP TRIGGER IF EXISTS fail",
          "CREATE TRIGGER fail BEFORE INSERT ON record WHEN NEW.uid = 'a' AND NEW.sequence = %d BEGIN SELECT RAISE(%s, 'no'); END"
              .formatted(2 + failing, error));
      try (var journal = folder.open()) {
        assertThatThrownBy(() -> Records.appended(journal, batch))
            .isInstanceOf(JournalException.class);
        assertThat(Records.everything(journal)).hasSize(1 + failing);
        assertThat(append(journal, event(call("other " + failing), "1")).getFirst().sequence())
            .isEqualTo(1);
      }
    }
    folder.change("2026-11-22", "DROP TRIGGER fail");
    try (var journal = folder.open()) {
      var kept = append(journal, event(call("a"), "event 0")).getFirst();
      assertThat(kept.sequence()).isEqualTo(2);
      assertThat(Records.everything(journal)).hasSize(1 + size + 1);
    }
  }

  @Test
  void killedProcessHasLostNothingThatItAcknowledged() throws Exception {
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < 3; round++) {
      var process = appender("round " + round);
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        acknowledged.addAll(readAndKill(lines, process));
      }
      try (var journal = folder.open()) {
        assertThat(journal.recoveryReport().tellsOfLoss()).isFalse();
        var kept = Records.everything(journal).stream().map(JournalRestartTest::line).toList();
        assertThat(kept).containsAll(acknowledged);
        assertThat(orderOf(journal))
            .allMatch(sequences -> sequences.equals(countTo(sequences.size())));
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(300);
  }

  private Process appender(String name) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Appender.class.getName(),
            folder.path.toString(),
            name)
        .redirectError(parent.resolve("errors of " + name + ".txt").toFile())
        .start();
  }

  private static List<String> readAndKill(BufferedReader lines, Process process) throws Exception {
    var read = new ArrayList<String>();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      // The last line may be cut short by the kill; such a line has no end mark.
      if (line.endsWith(";")) {
        read.add(line);
      }
      if (read.size() == 150) {
        // By its handle: the process itself would close the pipe with what is still in it.
        process.toHandle().destroyForcibly();
      }
    }
    process.waitFor();
    return read;
  }

  private static String line(JournalRecord record) {
    return "%d %d %s %d %s;"
        .formatted(
            record.partition(),
            record.offset(),
            record.call().uid(),
            record.sequence(),
            record.body().utf8());
  }

  private static List<List<Integer>> orderOf(Journal journal) {
    return Records.everything(journal).stream()
        .map(JournalRecord::call)
        .distinct()
        .map(call -> Records.callOf(journal, call).stream().map(JournalRecord::sequence).toList())
        .toList();
  }

  private static List<Integer> countTo(int size) {
    var numbers = new ArrayList<Integer>();
    for (int i = 1; i <= size; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  /** Appends until it is killed, and says what was acknowledged. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] arguments) {
      var journal = new JournalFolder(Path.of(arguments[0])).open();
      for (int i = 0; i < 1_000_000; i++) {
        var call = call("call " + i % 7);
        var name = arguments[1] + " event " + i;
        journal
            .append(List.of(event(call, name), event(call, name + " too")))
            .thenAccept(
                outcome -> {
                  if (outcome instanceof Append.Kept(var entries)) {
                    entries.forEach(entry -> IO.println(line(entry.record())));
                  }
                });
        if (i % 3 == 0) {
          Records.appended(journal, List.of(event(call, name + " awaited")));
        }
      }
    }
  }
}
