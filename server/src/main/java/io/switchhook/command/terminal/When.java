package io.switchhook.command.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as people say it: {@code 2h} ago, a local day, a local time, RFC 3339. */
public final class When implements ITypeConverter<Instant> {
  /** What is allowed, for help texts. */
  public static final String ALLOWED =
      "30m, 2h or 3d ago, 2026-11-22, \"2026-11-22 10:30\", or RFC 3339";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MINUTE = Pattern.compile(DAY + "[ T]\\d{2}:\\d{2}(:\\d{2})?");

  private final InstantSource clock;
  private final ZoneId zone;

  /** Reads times of a zone. */
  public When(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Instant convert(String text) {
    try {
      var ago = AGO.matcher(text);
      if (ago.matches()) {
        return clock.instant().minus(length(Long.parseLong(ago.group(1)), ago.group(2)));
      }
      if (DAY.matcher(text).matches()) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      if (MINUTE.matcher(text).matches()) {
        return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
      }
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException _) {
      throw new TypeConversionException("'" + text + "' is no time; allowed are " + ALLOWED);
    }
  }

  private static Duration length(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
