package io.switchhook.receive;

/** Makes text from strangers safe to print on a terminal. */
final class PlainText {
  private static final int LENGTH_MAX = 200;

  private PlainText() {}

  /**
   * The text without control characters (so without escape sequences and line breaks), without
   * marks that turn the direction of writing, and cut after 200 characters.
   */
  static String of(String text) {
    var plain = new StringBuilder();
    text.codePoints()
        .filter(PlainText::isPrintable)
        .limit(LENGTH_MAX)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
