package io.switchhook.testkit.contract;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;

class MemoryJournalRetentionTest extends JournalRetentionContract {
  @Override
  protected Journal create(JournalSettings settings) {
    return new MemoryJournal(settings);
  }

  @Override
  protected Journal reopen(Journal whole, JournalSettings settings) {
    return whole;
  }
}
