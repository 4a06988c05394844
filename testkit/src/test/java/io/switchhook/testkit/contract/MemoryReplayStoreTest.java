package io.switchhook.testkit.contract;

import io.switchhook.replay.ReplayStore;
import io.switchhook.replay.memory.MemoryReplayStore;

class MemoryReplayStoreTest extends ReplayStoreContract {
  @Override
  protected ReplayStore create() {
    return new MemoryReplayStore();
  }
}
