package io.switchhook.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a body into the texts of its call logs without reading them, so that each is kept byte for
 * byte.
 */
final class LogParts {
  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private LogParts(String text) {
    this.text = text;
  }

  /**
   * One log's text.
   *
   * @param name its place in what was sent, such as {@code [3]}; empty when it is the only one
   * @param line where it begins: 1, 2 …
   * @param column where it begins on that line: 1, 2 …
   */
  record Part(String text, String name, int line, int column) {}

  /** What came of cutting. */
  sealed interface Split {
    record Parts(List<Part> parts) implements Split {
      public Parts {
        parts = List.copyOf(parts);
      }
    }

    /** It is no list, or one that does not end. */
    record Broken(int line, int column, String words) implements Split {}
  }

  /** One log a line; empty lines are passed over. */
  static Split ofLines(String text) {
    var parts = new ArrayList<Part>();
    int line = 0;
    for (var content : text.split("\n", -1)) {
      line++;
      if (!content.isBlank()) {
        parts.add(new Part(content, "[" + parts.size() + "]", line, 1));
      }
    }
    return new Split.Parts(parts);
  }

  /** One log, or a list of logs. */
  static Split ofJson(String text) {
    var cutter = new LogParts(text);
    cutter.skipSpace();
    if (cutter.at == text.length()) {
      return new Split.Parts(List.of());
    }
    return text.charAt(cutter.at) == '['
        ? cutter.list()
        : new Split.Parts(List.of(new Part(text, "", 1, 1)));
  }

  private Split list() {
    at++;
    skipSpace();
    if (at < text.length() && text.charAt(at) == ']') {
      at++;
      return ended();
    }
    while (true) {
      skipSpace();
      element();
      if (at == text.length()) {
        return broken("the list does not end");
      }
      char end = text.charAt(at++);
      if (end == ']') {
        return ended();
      }
    }
  }

  private Split ended() {
    skipSpace();
    return at == text.length()
        ? new Split.Parts(parts)
        : broken("there is something behind the list");
  }

  /** Moves to the comma or bracket that ends an element, past those within it. */
  private void element() {
    int start = at;
    int startLine = line;
    int startColumn = at - lineStart + 1;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        skipText();
        continue;
      }
      if (depth == 0 && (c == ',' || c == ']')) {
        break;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      step(c);
    }
    parts.add(
        new Part(text.substring(start, at), "[" + parts.size() + "]", startLine, startColumn));
  }

  private void skipText() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      step(c);
      if (c == '\\' && at < text.length()) {
        step(text.charAt(at));
      }
    }
    at = Math.min(at + 1, text.length());
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(at)) >= 0) {
      step(text.charAt(at));
    }
  }

  private void step(char c) {
    at++;
    if (c == '\n') {
      line++;
      lineStart = at;
    }
  }

  private Split broken(String words) {
    return new Split.Broken(line, at - lineStart + 1, words);
  }
}
