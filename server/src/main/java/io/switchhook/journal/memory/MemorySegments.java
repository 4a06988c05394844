package io.switchhook.journal.memory;

import io.switchhook.journal.EndedSegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the segments of a journal in memory begin; the last one is open. For one thread. */
final class MemorySegments {
  /** A segment begins at a multiple of the length and with these offsets. */
  private record Begun(long slot, List<Long> bases) {}

  private final long lengthMillis;
  private final ArrayDeque<Begun> segments = new ArrayDeque<>();

  MemorySegments(Duration length) {
    this.lengthMillis = length.toMillis();
  }

  /** Begins a new segment when this engine time belongs to none. */
  void goOnAt(long millis, long[] next) {
    long slot = Math.floorDiv(millis, lengthMillis);
    if (segments.isEmpty() || segments.getLast().slot != slot) {
      segments.add(new Begun(slot, Arrays.stream(next).boxed().toList()));
    }
  }

  int count() {
    return segments.size();
  }

  Optional<EndedSegment> oldestEnded() {
    if (segments.size() < 2) {
      return Optional.empty();
    }
    var oldest = segments.getFirst();
    var second = segments.stream().skip(1).findFirst().orElseThrow();
    return Optional.of(
        new EndedSegment(
            Instant.ofEpochMilli(oldest.slot * lengthMillis),
            Instant.ofEpochMilli((oldest.slot + 1) * lengthMillis),
            second.bases));
  }

  void removeOldest() {
    segments.removeFirst();
  }
}
