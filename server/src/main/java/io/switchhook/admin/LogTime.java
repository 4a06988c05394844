package io.switchhook.admin;

import io.switchhook.calllog.CallLog;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a call log says that it happened: {@code created} of an in-call log ({@code YYYY-MM-DD
 * HH:MM:SS}, UTC), {@code _et} of an after-call log (seconds since 1970).
 */
final class LogTime {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private LogTime() {}

  /** The time; empty when the log does not say, or not readably. */
  static Optional<Instant> of(CallLog log) {
    return log.text("created")
        .flatMap(io.switchhook.calllog.LogTime::parse)
        .or(() -> log.text("_et").flatMap(LogTime::seconds));
  }

  private static Optional<Instant> seconds(String text) {
    return SECONDS.matcher(text).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }
}
