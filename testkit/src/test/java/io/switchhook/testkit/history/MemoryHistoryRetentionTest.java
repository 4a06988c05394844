package io.switchhook.testkit.history;

import io.switchhook.history.HistoryStore;
import io.switchhook.history.memory.MemoryHistoryStore;

final class MemoryHistoryRetentionTest extends HistoryRetentionContract {
  @Override
  HistoryStore open() {
    return new MemoryHistoryStore();
  }

  @Override
  HistoryStore reopened() {
    return store;
  }
}
