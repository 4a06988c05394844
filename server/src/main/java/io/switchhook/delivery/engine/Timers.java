package io.switchhook.delivery.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parked lanes by the time at which they are due; those due at the same time in the order in which
 * they were parked.
 */
final class Timers {
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private long lastNumber;

  private record Due(Instant at, long number, Lane lane) {}

  void add(Lane lane, Instant at) {
    queue.add(new Due(at, ++lastNumber, lane));
  }

  /** Gives out the lanes that are due and still parked until that very time. */
  void expire(Instant now, Consumer<Lane> due) {
    for (var first = queue.peek();
        first != null && !first.at().isAfter(now);
        first = queue.peek()) {
      queue.remove();
      if (first.at().equals(first.lane().nextAt)) {
        first.lane().nextAt = null;
        due.accept(first.lane());
      }
    }
  }

  @Nullable Instant nextAt() {
    var first = queue.peek();
    return first == null ? null : first.at();
  }
}
