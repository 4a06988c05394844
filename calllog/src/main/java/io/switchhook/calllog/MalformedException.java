package io.switchhook.calllog;

/** Carries a fault from deep inside a text up to the reader; never leaves this package. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String field;
  private final String problem;
  private final String expected;

  MalformedException(int offset, String field, String problem, String expected) {
    super(problem, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.offset = offset;
    this.field = field;
    this.problem = problem;
    this.expected = expected;
  }

  /**
   * The fault as a value, placed in the whole text, of which what was read began at {@code start}.
   */
  ReadResult.Malformed in(String wholeText, int start) {
    var end = Math.min(start + offset, wholeText.length());
    var line = 1;
    var lineStart = 0;
    for (var i = 0; i < end; i++) {
      if (wholeText.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new ReadResult.Malformed(line, end - lineStart + 1, field, problem, expected);
  }
}
