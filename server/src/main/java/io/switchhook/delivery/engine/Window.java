package io.switchhook.delivery.engine;

import io.switchhook.event.Invariant;
import java.util.Arrays;

/**
 * Counts, for each offset between the lowest pending one and the read position, how many deliveries
 * are pending there that no stored lane covers. The base is where the reader's cursor may go.
 */
final class Window {
  private static final int INITIAL_SIZE = 64;

  private int[] pending = new int[INITIAL_SIZE];
  private long base;
  private long readPosition;

  Window(long readPosition) {
    this.base = readPosition;
    this.readPosition = readPosition;
  }

  /** The lowest offset with a pending, uncovered delivery; the read position when there is none. */
  long base() {
    return base;
  }

  /** The next offset to be routed. */
  long readPosition() {
    return readPosition;
  }

  /** How far reading is ahead of what is pending. */
  long size() {
    return readPosition - base;
  }

  /** The offset at the read position was routed to {@code deliveries} uncovered lanes. */
  void routed(int deliveries) {
    makeRoom(size() + 1);
    pending[slot(readPosition)] = deliveries;
    readPosition++;
    advance();
  }

  /**
   * A delivery at {@code offset} is terminal, or covered by a lane that is stored before the cursor
   * moves.
   */
  void close(long offset) {
    Invariant.check(offset >= base && offset < readPosition, "offset is in the window");
    var left = --pending[slot(offset)];
    Invariant.check(left >= 0, "a delivery is closed once");
    advance();
  }

  /** A delivery that was pending elsewhere is pending here from now on. */
  void open(long offset) {
    Invariant.check(offset < readPosition, "what is pending was read");
    if (offset < base) {
      makeRoom(readPosition - offset);
      for (var between = offset; between < base; between++) {
        pending[slot(between)] = 0;
      }
      base = offset;
    }
    pending[slot(offset)]++;
  }

  /**
   * Nothing between the read position and {@code offset} is of interest; only when nothing is
   * pending.
   */
  void skipTo(long offset) {
    Invariant.check(
        size() == 0 && offset >= readPosition, "offsets are skipped when nothing is pending");
    base = offset;
    readPosition = offset;
  }

  private void advance() {
    while (base < readPosition && pending[slot(base)] == 0) {
      base++;
    }
  }

  private int slot(long offset) {
    return (int) (offset & (pending.length - 1));
  }

  private void makeRoom(long size) {
    while (size > pending.length) {
      var old = Arrays.copyOf(pending, pending.length);
      pending = new int[old.length * 2];
      for (var offset = base; offset < readPosition; offset++) {
        pending[slot(offset)] = old[(int) (offset & (old.length - 1))];
      }
    }
  }
}
