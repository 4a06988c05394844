package io.switchhook.source.memory;

import io.switchhook.source.FollowCursors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Follow cursors in memory. */
public final class MemoryFollowCursors implements FollowCursors {
  private final Map<Integer, Long> nextOffsets = new ConcurrentHashMap<>();

  @Override
  public Map<Integer, Long> load() {
    return Map.copyOf(nextOffsets);
  }

  @Override
  public void store(Map<Integer, Long> changed) {
    nextOffsets.putAll(changed);
  }
}
