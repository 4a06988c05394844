package io.switchhook.history.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep what was used latest. */
final class LatestUsed {
  private LatestUsed() {}

  /** A map of at most so many entries: the one that was not used for longest goes first. */
  static <K, V> Map<K, V> map(int sizeMax) {
    return new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > sizeMax;
      }
    };
  }
}
