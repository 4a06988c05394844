package io.switchhook.bench.load;

/** The requests of one connection that are not answered yet, in order; some are not written yet. */
final class Unanswered {
  private static final int REQUEST_BITS = 48;

  private long[] ring = new long[256];
  private int first;
  private int count;
  private int written;

  void add(int traffic, long request) {
    if (count == ring.length) {
      grow();
    }
    ring[(first + count) & (ring.length - 1)] = (long) traffic << REQUEST_BITS | request;
    count++;
  }

  private void grow() {
    var larger = new long[ring.length * 2];
    for (var i = 0; i < count; i++) {
      larger[i] = ring[(first + i) & (ring.length - 1)];
    }
    ring = larger;
    first = 0;
  }

  int count() {
    return count;
  }

  boolean hasUnwritten() {
    return written < count;
  }

  boolean hasWritten() {
    return written > 0;
  }

  /** The first that is not written. */
  long unwritten() {
    return ring[(first + written) & (ring.length - 1)];
  }

  void wrote() {
    written++;
  }

  /** The connection is lost: all must be written again. */
  void lost() {
    written = 0;
  }

  /** Takes away the oldest. */
  long answered() {
    var answered = ring[first];
    first = (first + 1) & (ring.length - 1);
    count--;
    written--;
    return answered;
  }

  static int trafficOf(long entry) {
    return (int) (entry >>> REQUEST_BITS);
  }

  static long requestOf(long entry) {
    return entry & (1L << REQUEST_BITS) - 1;
  }
}
