package io.switchhook.testkit.contract;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;

class MemoryJournalReadsTest extends JournalReadsContract {
  @Override
  protected Journal create(JournalSettings settings) {
    return new MemoryJournal(settings);
  }

  @Override
  protected Journal withNewestDayOnly(Journal whole, JournalSettings settings) {
    var midnight = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    long firstToday =
        Records.readAll(whole, PARTITION, 0, 100).stream()
            .filter(record -> !record.acceptedAt().isBefore(midnight))
            .mapToLong(JournalRecord::offset)
            .min()
            .orElseThrow();
    ((MemoryJournal) whole).drop(PARTITION, firstToday);
    return whole;
  }
}
