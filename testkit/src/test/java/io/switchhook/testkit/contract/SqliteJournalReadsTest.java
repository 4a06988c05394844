package io.switchhook.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalReadsTest extends JournalReadsContract {
  @TempDir Path parent;
  private int created;

  @Override
  protected Journal create(JournalSettings settings) {
    created++;
    return open(settings);
  }

  private SqliteJournal open(JournalSettings settings) {
    return SqliteJournal.open(
        new SqliteJournalSettings(
            parent.resolve("journal " + created),
            settings,
            () -> Long.MAX_VALUE,
            0,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Override
  protected Journal withNewestDayOnly(Journal whole, JournalSettings settings) {
    whole.close();
    try (var files = Files.list(parent.resolve("journal " + created))) {
      var segments = files.filter(file -> file.toString().endsWith(".db")).sorted().toList();
      assertThat(segments).hasSize(2);
      Files.delete(segments.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open(settings);
  }
}
