package io.switchhook.bench.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
  private static final double KIB = 1_024;

  private Numbers() {}

  /** 1,234,567. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** With three digits that count: 0.123, 1.23, 12.3, 123, 1,234. */
  public static String short3(double number) {
    var size = Math.abs(number);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    if (size >= 10) {
      return String.format(Locale.ROOT, "%.1f", number);
    }
    return String.format(Locale.ROOT, size >= 1 || size == 0 ? "%.2f" : "%.3f", number);
  }

  /** Microseconds as milliseconds, without the unit. */
  public static String millis(double micros) {
    return short3(micros / 1_000);
  }

  /** Microseconds as milliseconds, without the unit. */
  public static String millis(long micros) {
    return millis((double) micros);
  }

  /** 1.5 KiB, 12.3 MiB. */
  public static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  /** The same of a fraction. */
  public static String bytes(double bytes) {
    var value = bytes;
    for (var unit : new String[] {"B", "KiB", "MiB"}) {
      if (Math.abs(value) < KIB) {
        return (unit.equals("B") ? String.format(Locale.ROOT, "%.0f", value) : short3(value))
            + " "
            + unit;
      }
      value /= KIB;
    }
    return short3(value) + " GiB";
  }

  /** 30 s, 1.5 s, 5 min. */
  public static String time(Duration time) {
    if (time.toMillis() % 60_000 == 0 && time.toMinutes() > 0) {
      return time.toMinutes() + " min";
    }
    return time.toMillis() % 1_000 == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
