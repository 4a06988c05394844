package io.switchhook.bench;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people type them: {@code 500ms}, {@code 30s}, {@code 5m}; bare numbers are seconds.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  private Durations() {}

  static Duration read(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration such as 500ms, 30s, 5m or 1h");
    }
    var number = Long.parseLong(found.group(1));
    var unit = found.group(2) == null ? "s" : found.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
