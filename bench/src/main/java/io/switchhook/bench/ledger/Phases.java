package io.switchhook.bench.ledger;

import java.util.List;
import java.util.stream.Stream;

/** The parts of a run. What is measured of an event belongs to the part in which it was due. */
public final class Phases {
  private volatile List<Phase> all = List.of();

  /**
   * A part of a run.
   *
   * @param fromNanos when it began, by {@link System#nanoTime}
   */
  public record Phase(int index, String name, long fromNanos) {}

  /** Begins a part and so ends the one before. */
  public synchronized Phase begin(String name, long fromNanos) {
    var begun = new Phase(all.size(), name, fromNanos);
    all = Stream.concat(all.stream(), Stream.of(begun)).toList();
    return begun;
  }

  /** All that have begun, in order. */
  public List<Phase> all() {
    return all;
  }

  /** When a part ended; {@link Long#MAX_VALUE} when it has not. */
  public long endNanos(Phase phase) {
    var now = all;
    return phase.index() + 1 < now.size() ? now.get(phase.index() + 1).fromNanos() : Long.MAX_VALUE;
  }

  /** The part that a time belongs to; -1 before the first. */
  int indexAt(long nanos) {
    var now = all;
    for (var i = now.size() - 1; i >= 0; i--) {
      if (nanos - now.get(i).fromNanos() >= 0) {
        return i;
      }
    }
    return -1;
  }
}
