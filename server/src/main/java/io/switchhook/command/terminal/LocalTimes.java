package io.switchhook.command.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them: in their zone, with the offset. */
public final class LocalTimes {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy (xxx)", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final ZoneId zone;

  LocalTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code 2026-11-22 10:35:14 +01:00}. */
  public String full(Instant instant) {
    return FULL.format(instant.atZone(zone));
  }

  /** {@code Sunday, 22 November 2026 (+01:00)}. */
  public String day(Instant instant) {
    return DAY.format(instant.atZone(zone));
  }

  /** {@code 10:35:14.003}, beside a {@link #day}. */
  public String moment(Instant instant) {
    return MOMENT.format(instant.atZone(zone));
  }

  /** A length of time to two or three digits: {@code 4 ms}, {@code 1.5 s}, {@code 2 min 5 s}. */
  public static String length(Duration length) {
    var millis = length.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    return length.toHours() > 0
        ? length.toHours() + " h " + length.toMinutesPart() + " min"
        : length.toMinutes() + " min " + length.toSecondsPart() + " s";
  }
}
