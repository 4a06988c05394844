package io.switchhook.console;

import java.time.Duration;
import java.util.Locale;

/** Says numbers and times as people read them. */
public final class Texts {
  private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB"};

  private Texts() {}

  /** {@code 380 ms}, {@code 4.2 s}, {@code 3:07}, {@code 1:02:45}. */
  public static String length(Duration length) {
    long millis = length.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    long seconds = length.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d h", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  /** {@code 512 bytes}, {@code 4.2 MB}, {@code 310 GB}: powers of a thousand. */
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    double rest = bytes;
    int power = -1;
    while (rest >= 999.5 && power < BYTE_UNITS.length - 1) {
      rest /= 1_000;
      power++;
    }
    return String.format(Locale.ROOT, rest < 9.95 ? "%.1f " : "%.0f ", rest) + BYTE_UNITS[power];
  }

  /** {@code 30 days}; {@code 36 hours} when they are no whole days. */
  public static String days(Duration length) {
    return length.toHours() % 24 == 0 && length.toHours() > 0
        ? count(length.toDays(), "day")
        : count(length.toHours(), "hour");
  }

  /** {@code 1,234}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 event}, {@code 2 events}, {@code 1,234 events}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d ", number) + noun + (number == 1 ? "" : "s");
  }
}
