package io.switchhook.calllog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times as call logs write them: {@code YYYY-MM-DD HH:MM:SS}, UTC, and durations {@code HH:MM:SS}.
 */
public final class LogTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final String SHAPE = "YYYY-MM-DD HH:MM:SS";

  /** What is no number, and no part of any date or time either. */
  private static final int NO_NUMBER = Integer.MIN_VALUE;

  private LogTime() {}

  /** The instant as a log writes it; fractions of a second are cut off. */
  public static String format(Instant instant) {
    return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** The instant that a log's text says; empty when it says none. */
  public static Optional<Instant> parse(@Nullable String text) {
    var time = text == null ? "" : text.strip();
    if (!hasMarks(time)) {
      return Optional.empty();
    }
    try {
      var says =
          LocalDateTime.of(
              number(time, 0, 4),
              number(time, 5, 7),
              number(time, 8, 10),
              number(time, 11, 13),
              number(time, 14, 16),
              number(time, 17, 19));
      return Optional.of(says.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** True when what stands between numbers stands where it should, and nothing follows. */
  private static boolean hasMarks(String time) {
    if (time.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      if (!Character.isLetter(SHAPE.charAt(i)) && time.charAt(i) != SHAPE.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(String time, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char digit = time.charAt(i);
      if (digit < '0' || digit > '9') {
        return NO_NUMBER;
      }
      number = 10 * number + (digit - '0');
    }
    return number;
  }

  /** Seconds as {@code HH:MM:SS}; the hours may have more than two digits. */
  public static String duration(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
