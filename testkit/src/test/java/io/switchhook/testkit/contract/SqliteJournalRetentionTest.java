package io.switchhook.testkit.contract;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalRetentionTest extends JournalRetentionContract {
  @TempDir Path folder;

  @Override
  protected Journal create(JournalSettings settings) {
    return SqliteJournal.open(
        new SqliteJournalSettings(
            folder.resolve("journal"),
            settings,
            () -> Long.MAX_VALUE,
            0,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Override
  protected Journal reopen(Journal whole, JournalSettings settings) {
    whole.close();
    return create(settings);
  }
}
