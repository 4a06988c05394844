package io.switchhook.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final CallId CALL = new CallId(new CompanyId("00000000000ac3e0"), "a");

  @TempDir Path folder;
  private final List<Throwable> fatal = new ArrayList<>();

  private static Append append(SqliteJournal journal, String name) {
    var record =
        new NewRecord(
            CALL, Kind.IN_CALL, 0, NOW, Identity.ofName(name), Bytes.wrap(new byte[100_000]));
    return journal.append(List.of(record, record)).toCompletableFuture().join();
  }

  @Test
  void diskThatIsFullWhileWritingTakesNothingAndIsNotTheEnd() {
    var settings = JournalSettings.of(PartitionList::forNewCompany, InstantSource.fixed(NOW));
    try (var journal =
        SqliteJournal.open(
            new SqliteJournalSettings(folder, settings, () -> 5_000, 5_000, fatal::add))) {
      assertThat(append(journal, "1")).isInstanceOf(Append.Kept.class);
      journal.limitPages(20);
      assertThat(append(journal, "2")).isEqualTo(new Append.DiskFull(5_000, 5_000));
      assertThat(append(journal, "1")).isInstanceOf(Append.Kept.class);

      journal.limitPages(1_000_000);
      assertThat(append(journal, "2"))
          .isInstanceOfSatisfying(
              Append.Kept.class,
              kept -> {
                assertThat(kept.entries())
                    .extracting(Append.Entry::duplicate)
                    .containsExactly(false, true);
                assertThat(kept.entries().getFirst().record().sequence()).isEqualTo(2);
                assertThat(kept.entries().getFirst().record().offset()).isEqualTo(1);
              });
      assertThat(journal.readCall(journal.partitionsOf(CALL).getFirst(), CALL, 0, 10)).hasSize(2);
    }
    assertThat(fatal).isEmpty();
  }
}
