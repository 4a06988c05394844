package io.switchhook.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of values that settings have. */
final class ValueTypes {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KB|MB|GB|TB)");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Map<String, Duration> DURATION_UNITS =
      Map.of(
          "ms",
          Duration.ofMillis(1),
          "s",
          Duration.ofSeconds(1),
          "m",
          Duration.ofMinutes(1),
          "h",
          Duration.ofHours(1),
          "d",
          Duration.ofDays(1));
  private static final Map<String, Integer> SIZE_SHIFTS =
      Map.of("B", 0, "KB", 10, "MB", 20, "GB", 30, "TB", 40);

  private ValueTypes() {}

  /** A whole number within a range. */
  static ValueType<Integer> wholeNumber(int min, int max) {
    return ValueType.scalar(
        "a whole number from " + min + " to " + max,
        text ->
            Optional.of(text)
                .filter(it -> WHOLE_NUMBER.matcher(it).matches())
                .map(Integer::valueOf)
                .filter(it -> it >= min && it <= max));
  }

  /** A duration within a range, such as {@code 15s}. */
  static ValueType<Duration> duration(String min, String max) {
    var shortest = parseDuration(min).orElseThrow();
    var longest = parseDuration(max).orElseThrow();
    return ValueType.scalar(
        "a duration from " + min + " to " + max + " (a number and ms, s, m, h or d)",
        text ->
            parseDuration(text)
                .filter(it -> it.compareTo(shortest) >= 0 && it.compareTo(longest) <= 0));
  }

  /** A number of bytes within a range, such as {@code 64MB}; 1 KB is 1,024 bytes. */
  static ValueType<Long> size(String min, String max) {
    var smallest = parseSize(min).orElseThrow();
    var largest = parseSize(max).orElseThrow();
    return ValueType.scalar(
        "a size from " + min + " to " + max + " (a number and B, KB, MB, GB or TB; 1 KB is 1024 B)",
        text -> parseSize(text).filter(it -> it >= smallest && it <= largest));
  }

  /** A network in CIDR form, without bits behind its mask. */
  static ValueType<String> network() {
    return ValueType.scalar(
        "a network such as 10.0.0.0/8, 192.168.1.20/32 or fd00::/8", Cidr::normalised);
  }

  /** A folder. */
  static ValueType<Path> directory() {
    return ValueType.scalar(
        "the path of a folder",
        text -> {
          try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }

  /** The address or name of this machine to listen on. */
  static ValueType<String> bindAddress() {
    return ValueType.scalar(
        "an address or host name of this machine, such as 127.0.0.1, 0.0.0.0 or ::1",
        text -> Optional.of(text).filter(it -> HOST.matcher(it).matches()));
  }

  private static Optional<Duration> parseDuration(String text) {
    var match = DURATION.matcher(text);
    return match.matches()
        ? Optional.ofNullable(DURATION_UNITS.get(match.group(2)))
            .map(unit -> unit.multipliedBy(Long.parseLong(match.group(1))))
        : Optional.empty();
  }

  private static Optional<Long> parseSize(String text) {
    var match = SIZE.matcher(text);
    return match.matches()
        ? Optional.ofNullable(SIZE_SHIFTS.get(match.group(2)))
            .map(shift -> Long.parseLong(match.group(1)) << shift)
        : Optional.empty();
  }
}
