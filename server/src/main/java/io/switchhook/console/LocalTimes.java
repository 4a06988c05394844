package io.switchhook.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the times that people choose in their browser, which speaks of them in its own zone. */
public final class LocalTimes {
  private LocalTimes() {}

  /** The zone with this name, as {@code data-zone} fills it in; UTC when there is none. */
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /** The instant of {@code 2026-01-31T09:30} in a zone; empty when it is no such text. */
  public static Optional<Instant> read(String text, ZoneId zone) {
    try {
      return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
