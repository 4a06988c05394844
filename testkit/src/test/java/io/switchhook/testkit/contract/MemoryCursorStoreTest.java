package io.switchhook.testkit.contract;

import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.memory.MemoryCursorStore;

class MemoryCursorStoreTest extends CursorStoreContract {
  @Override
  protected CursorStore create() {
    return new MemoryCursorStore();
  }
}
