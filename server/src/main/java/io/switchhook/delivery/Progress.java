package io.switchhook.delivery;

/**
 * Hears when the engine has come to the end of what it was asked for in a partition. Called on
 * partition workers: must return at once and never throw.
 */
public interface Progress {
  /** So many events of a replay are told, or given up, in this partition, durably. */
  default void replayMoved(int partition, Feed feed, long done) {}

  /** Nothing of a replay is left to tell; told again after a restart until the replay is ended. */
  void replayEnded(int partition, Feed feed, long done);

  /** Nothing below {@code floor} is pending, durably. */
  void retired(int partition, long floor);
}
