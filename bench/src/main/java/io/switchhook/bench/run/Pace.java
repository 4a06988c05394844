package io.switchhook.bench.run;

/**
 * Whether the server kept up with what it was sent in the measured phase: the counts at its
 * beginning and at its end.
 *
 * @param fanOut deliveries that each event wants
 * @param wellShare share of the deliveries that go to receivers which are well; what waits for
 *     others is no fault of the server
 */
public record Pace(Point from, Point to, int fanOut, double wellShare) {
  private static final double NANOS = 1e9;

  /**
   * A moment.
   *
   * @param atNanos by {@link System#nanoTime}
   * @param sent events that were due until then
   * @param accepted events
   * @param told deliveries
   * @param toldWell deliveries to receivers that are well
   */
  public record Point(long atNanos, long sent, long accepted, long told, long toldWell) {}

  private double perSecond(long count) {
    var nanos = to.atNanos - from.atNanos;
    return nanos <= 0 ? 0 : count * NANOS / nanos;
  }

  /** Events that were sent, a second. */
  public double offeredPerSecond() {
    return perSecond(to.sent - from.sent);
  }

  /** Events that were accepted, a second. */
  public double acceptedPerSecond() {
    return perSecond(to.accepted - from.accepted);
  }

  /** Deliveries that were taken for the first time, a second. */
  public double deliveredPerSecond() {
    return perSecond(to.told - from.told);
  }

  /** Deliveries of what had been sent that nobody had taken when the phase began. */
  public long outstandingBefore() {
    return from.sent * fanOut - from.told;
  }

  /** The same when it ended. */
  public long outstandingAfter() {
    return to.sent * fanOut - to.told;
  }

  /**
   * False when more than a second's traffic to receivers that are well was outstanding in the end,
   * or not even accepted.
   */
  public boolean isKept() {
    var second = offeredPerSecond();
    var outstanding = to.sent * fanOut * wellShare - to.toldWell;
    return to.sent - to.accepted <= second
        && (wellShare == 0 || outstanding <= second * fanOut * wellShare);
  }
}
