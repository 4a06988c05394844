package io.switchhook.testkit.history;

import io.switchhook.history.HistoryStore;
import io.switchhook.history.memory.MemoryHistoryStore;

final class MemoryHistoryStoreTest extends HistoryStoreContract {
  @Override
  HistoryStore open() {
    return new MemoryHistoryStore();
  }

  @Override
  HistoryStore reopened() {
    return store;
  }
}
