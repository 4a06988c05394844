package io.switchhook.source;

import java.util.List;
import java.util.Map;

/**
 * A source that hears of single channels and can say how it understood each: what a person looks at
 * when a call was not told as they expected. May be asked from any thread; answers at once.
 */
public interface SeesChannels {
  /** What was seen lately. */
  Seen seenChannels();

  /**
   * What was seen lately.
   *
   * @param last the last channels, the newest last; a source keeps 200
   * @param ignored how many channels nothing was told of since the start, by why in words
   */
  record Seen(List<SeenChannel> last, Map<String, Long> ignored) {
    public Seen {
      last = List.copyOf(last);
      ignored = Map.copyOf(ignored);
    }
  }
}
