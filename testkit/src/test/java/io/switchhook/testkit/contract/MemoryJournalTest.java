package io.switchhook.testkit.contract;

import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;

class MemoryJournalTest extends JournalContract {
  @Override
  protected Journal create(JournalSettings settings) {
    return new MemoryJournal(settings);
  }

  @Override
  protected void pretendFull(Journal full, boolean really) {
    ((MemoryJournal) full).pretendFull(really ? 1 : -1);
  }
}
