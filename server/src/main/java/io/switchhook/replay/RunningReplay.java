package io.switchhook.replay;

import io.switchhook.delivery.Replay;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A replay that runs, with how far it is in each partition. Safe for all threads. */
final class RunningReplay {
  private final StoredReplay begun;
  private final Map<Integer, Long> done = new ConcurrentHashMap<>();
  private final Set<Integer> ended = ConcurrentHashMap.newKeySet();

  /**
   * @param done what an earlier run has done of it, by partition
   */
  RunningReplay(StoredReplay begun, Map<Integer, Long> done) {
    this.begun = begun;
    this.done.putAll(done);
  }

  Replay replay() {
    return begun.replay();
  }

  /** So many events of it are terminal there. */
  void moved(int partition, long soMany) {
    done.put(partition, soMany);
  }

  /** Nothing of it is left there; true when nothing is left anywhere. */
  boolean isOverAfter(int partition, long soMany) {
    moved(partition, soMany);
    ended.add(partition);
    return ended.containsAll(replay().ends().keySet());
  }

  /** How it stands. */
  StoredReplay now() {
    return begun.movedTo(done.values().stream().mapToLong(Long::longValue).sum());
  }
}
