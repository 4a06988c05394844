package io.switchhook.testkit.contract;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
  private static final long MINIMUM_FREE_BYTES = 1_000;

  @TempDir Path folder;
  private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  private int created;

  @Override
  protected Journal create(JournalSettings settings) {
    created++;
    return SqliteJournal.open(
        new SqliteJournalSettings(
            folder.resolve("journal " + created),
            settings,
            freeBytes::get,
            MINIMUM_FREE_BYTES,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Override
  protected void pretendFull(Journal full, boolean really) {
    freeBytes.set(really ? MINIMUM_FREE_BYTES - 1 : MINIMUM_FREE_BYTES);
  }
}
