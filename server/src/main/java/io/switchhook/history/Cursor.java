package io.switchhook.history;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a list, newest first: just behind the item that had this time and this key. People see
 * only its text, and hand it back as it is.
 *
 * @param atMillis the item's time in milliseconds since 1970
 * @param key what tells items of the same time apart
 */
public record Cursor(long atMillis, String key) {
  private static final int TEXT_LENGTH_MAX = 2_000;
  private static final Pattern CONTENT = Pattern.compile("(-?\\d{1,18}):(.*)", Pattern.DOTALL);

  /** The cursor that {@link #text} wrote; empty when it wrote no such text. */
  public static Optional<Cursor> parse(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    var content = CONTENT.matcher(new String(bytes, StandardCharsets.UTF_8));
    return content.matches()
        ? Optional.of(new Cursor(Long.parseLong(content.group(1)), content.group(2)))
        : Optional.empty();
  }

  /** The opaque text: letters, digits, {@code -} and {@code _}. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((atMillis + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return text();
  }
}
