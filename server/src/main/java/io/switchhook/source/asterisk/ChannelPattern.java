package io.switchhook.source.asterisk;

import java.util.Locale;
import java.util.Optional;

/**
 * A channel's name without its running number, in which {@code *} stands for any text, as {@code
 * PJSIP/agent*}. Compared without regard to case.
 */
public record ChannelPattern(String text) {
  private static final int MATCHED_LENGTH_MAX = 64;

  public ChannelPattern {
    if (text.isEmpty() || text.indexOf('*') != text.lastIndexOf('*')) {
      throw new IllegalArgumentException(
          "a channel pattern is a channel's name with at most one *, as PJSIP/agent*: " + text);
    }
  }

  /** True when {@code text} can be a pattern: not empty, at most one {@code *}. */
  public static boolean isValid(String text) {
    return !text.isEmpty() && text.indexOf('*') == text.lastIndexOf('*');
  }

  /** True when the device (a channel's name without its running number) has this shape. */
  public boolean matches(String device) {
    return matched(device).isPresent();
  }

  /** What {@code *} stands for in the device; empty text when the pattern has none. */
  public Optional<String> matched(String device) {
    var star = text.indexOf('*');
    if (star < 0) {
      return text.equalsIgnoreCase(device) ? Optional.of("") : Optional.empty();
    }
    var start = text.substring(0, star).toLowerCase(Locale.ROOT);
    var end = text.substring(star + 1).toLowerCase(Locale.ROOT);
    var lower = device.toLowerCase(Locale.ROOT);
    if (lower.length() < start.length() + end.length()
        || !lower.startsWith(start)
        || !lower.endsWith(end)) {
      return Optional.empty();
    }
    var matched = device.substring(start.length(), device.length() - end.length());
    return matched.length() <= MATCHED_LENGTH_MAX ? Optional.of(matched) : Optional.empty();
  }
}
