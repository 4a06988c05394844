package io.switchhook.calllog;

/** Writes JSON strings: what must be escaped is, everything else stands as it is. */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** Appends {@code text} in quotes. Half a surrogate pair becomes U+FFFD, for UTF-8 has none. */
  static void appendQuoted(StringBuilder out, String text) {
    append(out, text, /* escapeSlashes= */ false);
  }

  /** Appends {@code text} in quotes with its slashes as {@code \/}, as PHP's json_encode does. */
  static void appendQuotedAsPhp(StringBuilder out, String text) {
    append(out, text, /* escapeSlashes= */ true);
  }

  private static void append(StringBuilder out, String text, boolean escapeSlashes) {
    out.append('"');
    // Whatever may stand as it is, is appended at once: mostly that is all of it.
    var start = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (standsAsItIs(c) && (c != '/' || !escapeSlashes)) {
        continue;
      }
      if (!Character.isSurrogate(c) || isHalf(text, i)) {
        appendEscaped(out.append(text, start, i), c);
        start = i + 1;
      }
    }
    (start == 0 ? out.append(text) : out.append(text, start, text.length())).append('"');
  }

  private static boolean standsAsItIs(char c) {
    return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
  }

  private static void appendEscaped(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '/' -> out.append("\\/");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          out.append('\uFFFD');
        }
      }
    }
  }

  /** True when half of a surrogate pair stands alone at this place. */
  static boolean isHalf(CharSequence text, int i) {
    var c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
