package io.switchhook.command.terminal;

/** Makes text from outside safe to show: what could steer a terminal becomes visible instead. */
public final class PlainText {
  private static final char STAND_IN = '·';

  private PlainText() {}

  /** One line: control characters, line ends and what reorders text each become a dot. */
  public static String line(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (steers(point)) {
                safe.append(STAND_IN);
              } else {
                safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }

  /** One line of at most {@code max} characters; a longer one ends with an ellipsis. */
  public static String line(String text, int max) {
    var safe = line(text);
    return safe.codePointCount(0, safe.length()) <= max
        ? safe
        : safe.substring(0, safe.offsetByCodePoints(0, max - 1)) + "…";
  }

  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      // FORMAT holds the marks that reorder text (U+202E …); an unpaired surrogate is no character.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
