package io.switchhook.source;

import java.util.Map;

/**
 * Remembers how far a follower of the journal has come in each partition. Losing the newest of it
 * costs work, never correctness: what is followed again is recognised. May be called from any
 * thread; blocks for as long as the store takes.
 */
public interface FollowCursors {
  /** The offsets to go on from, by partition; empty when this follower never was here. */
  Map<Integer, Long> load();

  /** Puts the offsets of these partitions; they are durable when it returns. */
  void store(Map<Integer, Long> nextOffsets);
}
