package io.switchhook.target.netty;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110 §10.2.3): seconds, or one of three dates. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int DIGITS_MAX = 9;

  private static final DateTimeFormatter TODAYS_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
  private static final DateTimeFormatter ASCTIME_DATE =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private RetryAfter() {}

  /**
   * How long to wait from {@code now}; zero for a date that is past; null when there is no header
   * or it cannot be read. Numbers of more than nine digits count as the largest of nine.
   */
  static @Nullable Duration read(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    var text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(text.length() > DIGITS_MAX ? 999_999_999 : Integer.parseInt(text));
    }
    for (var date : List.of(TODAYS_DATE, rfc850Date(now), ASCTIME_DATE)) {
      try {
        var wait = Duration.between(now, LocalDateTime.parse(text, date).toInstant(ZoneOffset.UTC));
        return wait.isNegative() ? Duration.ZERO : wait;
      } catch (DateTimeException | ArithmeticException _) {
        // Not in this form; the next one is tried.
      }
    }
    return null;
  }

  /** A year of two digits is at most 50 years ahead (RFC 9110 §5.6.7). */
  private static DateTimeFormatter rfc850Date(Instant now) {
    var yearMin = now.atOffset(ZoneOffset.UTC).getYear() - 49;
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, yearMin)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }
}
