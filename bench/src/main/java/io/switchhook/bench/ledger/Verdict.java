package io.switchhook.bench.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a run counts.
 *
 * @param voidBecause reasons why it measured nothing; empty when it counts
 * @param broken promises that were not kept; empty when all were
 */
public record Verdict(List<String> voidBecause, List<String> broken) {
  /** The generator may hand over 99 of 100 requests at most this late. */
  static final long LATE_MICROS_MAX = 10_000;

  /** A thread of receivers that is busy for more of a second than this is at its end. */
  public static final double BUSY_MAX = 0.95;

  /** In this share of a run's seconds it may be at its end. */
  static final double BUSY_SECONDS_MAX = 0.05;

  /** What a request waited in a receiver may be this share of what is measured. */
  static final double TURN_SHARE_MAX = 0.5;

  /** Below this, what a request waited in a receiver does not count. */
  static final long TURN_MICROS_MIN = 5_000;

  public Verdict {
    voidBecause = List.copyOf(voidBecause);
    broken = List.copyOf(broken);
  }

  /**
   * How the measuring side did.
   *
   * @param lateMicros how late the generator handed over 99 of 100 requests at most
   * @param lateMicrosMax how late the latest was
   * @param busySeconds share of the seconds in which a thread of receivers was at its end
   * @param turnMicros for how long, at most, 99 of 100 requests waited in a receiver
   * @param latencyMicros p99 of what was measured of healthy webhooks; 0 without any
   * @param failures of the measuring side itself, in words
   */
  public record Instrument(
      long lateMicros,
      long lateMicrosMax,
      double busySeconds,
      long turnMicros,
      long latencyMicros,
      List<String> failures) {
    public Instrument {
      failures = List.copyOf(failures);
    }
  }

  /** Looks at both sides. */
  public static Verdict of(Account account, Instrument instrument) {
    var reasons = new ArrayList<>(instrument.failures());
    if (!account.isBalanced()) {
      reasons.add(imbalance(account));
    }
    if (instrument.lateMicros() > LATE_MICROS_MAX) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "The generator fell behind: one request in a hundred went out %.1f ms late or later,"
                  + " the latest %.1f ms.",
              instrument.lateMicros() / 1e3,
              instrument.lateMicrosMax() / 1e3));
    }
    if (instrument.busySeconds() > BUSY_SECONDS_MAX) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "The receivers were the bottleneck: a thread of them had no pause in %.0f %% of the"
                  + " seconds. Give them more with --receiver-threads.",
              instrument.busySeconds() * 100));
    }
    if (instrument.turnMicros() > TURN_MICROS_MIN
        && instrument.turnMicros() > instrument.latencyMicros() * TURN_SHARE_MAX) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "The receivers were the bottleneck: they took up to %.1f ms for what they found at one"
                  + " look, and p99 is %.1f ms.",
              instrument.turnMicros() / 1e3,
              instrument.latencyMicros() / 1e3));
    }
    return new Verdict(reasons, account.faults());
  }

  private static String imbalance(Account account) {
    return String.format(
        Locale.ROOT,
        "The ledger does not balance: of %,d wanted deliveries %,d were delivered, %,d given up and"
            + " %,d are outstanding; %,d are missing.",
        account.wanted(),
        account.delivered(),
        account.givenUpInAll(),
        account.outstanding(),
        account.wanted() - account.delivered() - account.givenUpInAll() - account.outstanding());
  }

  /** True when the figures mean something. */
  public boolean isValid() {
    return voidBecause.isEmpty();
  }

  /** True when all promises were kept. */
  public boolean isKept() {
    return broken.isEmpty();
  }
}
