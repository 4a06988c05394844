package io.switchhook.calllog;

/** What came of reading bytes as a call log. */
public sealed interface ReadResult {
  /** A whole call log. */
  record Read(CallLog log) implements ReadResult {}

  /**
   * No call log, and why; nothing of it may be used.
   *
   * @param line 1, 2 … in what was read
   * @param column 1, 2 … in UTF-16 units, on that line
   * @param field dotted path of the field that is wrong; empty when it is none in particular
   * @param problem what is wrong, in words
   * @param expected what is allowed instead, in words
   */
  record Malformed(int line, int column, String field, String problem, String expected)
      implements ReadResult {

    /** All of it as one sentence for people. */
    public String sentence() {
      var where =
          "line " + line + ", column " + column + (field.isEmpty() ? "" : ", field " + field);
      return where + ": " + problem + "; expected " + expected;
    }
  }
}
