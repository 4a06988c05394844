package io.switchhook.delivery.engine;

import java.time.Instant;

/** Counts what happens in a second. */
final class PerSecond {
  private long second;
  private int inSecond;
  private int inSecondBefore;

  void count(int more, Instant now) {
    turnTo(now);
    inSecond += more;
  }

  /** In this second or the one before, whichever had more. */
  int most(Instant now) {
    turnTo(now);
    return Math.max(inSecond, inSecondBefore);
  }

  private void turnTo(Instant now) {
    var newest = now.getEpochSecond();
    if (newest != second) {
      inSecondBefore = newest == second + 1 ? inSecond : 0;
      inSecond = 0;
      second = newest;
    }
  }
}
