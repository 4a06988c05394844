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

  private static final int LENGTH = "YYYY-MM-DD HH:MM:SS".length();

  private LogTime() {}

  /** The instant as a log writes it; fractions of a second are cut off. */
  public static String format(Instant instant) {
    return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** The instant that a log's text says; empty when it says none. */
  public static Optional<Instant> parse(@Nullable String text) {
    var time = text == null ? "" : text.strip();
    // A year of more than four digits parses too, and may be one that no store can count to.
    if (time.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(time, FORMAT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Seconds as {@code HH:MM:SS}; the hours may have more than two digits. */
  public static String duration(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
