package io.switchhook.calllog;

import io.switchhook.calllog.CallLogBatch.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the elements of a JSON array stand, so that each can be kept as it is. Looks only at
 * strings, brackets and commas: whether an element is sound is for its reader to say.
 */
final class ArrayElements {
  private final String text;
  private int at;

  ArrayElements(String text) {
    this.text = text;
    skipSpace();
  }

  /** True when the text begins as an array does. */
  boolean isArray() {
    return at < text.length() && text.charAt(at) == '[';
  }

  /** The places of at most {@code max} elements; an empty place where one is missing. */
  List<Part> parts(int max) throws MalformedException {
    var parts = new ArrayList<Part>();
    at++;
    skipSpace();
    if (at < text.length() && text.charAt(at) == ']') {
      checkNothingFollows();
      return parts;
    }
    while (parts.size() < max) {
      var start = at;
      skipElement();
      parts.add(new Part(start, at));
      if (text.charAt(at) == ']') {
        checkNothingFollows();
        return parts;
      }
      at++;
    }
    return parts;
  }

  /** Goes to the comma or bracket behind the element. */
  private void skipElement() throws MalformedException {
    var depth = 0;
    for (; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '"' -> skipString();
        case '{', '[' -> depth++;
        case '}' -> depth--;
        case ']' -> {
          if (depth <= 0) {
            return;
          }
          depth--;
        }
        case ',' -> {
          if (depth <= 0) {
            return;
          }
        }
        default -> {
          // Part of a number or a word: its reader looks at it.
        }
      }
    }
    throw new MalformedException(
        text.length(), "", "the list of call logs does not end", "a closing ]");
  }

  /** Goes to the quote that closes a string, or to the end of the text. */
  private void skipString() {
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
  }

  private void checkNothingFollows() throws MalformedException {
    at++;
    skipSpace();
    if (at < text.length()) {
      throw new MalformedException(
          at, "", "something follows the list of call logs", "nothing after the closing ]");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
