package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object that is sound, as nearly all are, and stops at the first thing that is not:
 * {@link JsonTree} then reads it again and says what is wrong. Whatever is taken here, that takes,
 * too, with the same values at the same places.
 */
final class SoundJson {
  /** A call log of a call that goes on has about so many. */
  private static final int FIELDS_USUAL = 16;

  private static final char END = '\0';

  private final String text;
  private int at;

  private SoundJson(String text) {
    this.text = text;
  }

  /** The object that {@code text} is; null when it is none, or needs a closer look. */
  static @Nullable Fields parse(String text) {
    var json = new SoundJson(text);
    var object = json.skipSpace() == '{' ? json.object(1) : null;
    return object != null && json.skipSpace() == END && json.at == text.length() ? object : null;
  }

  private @Nullable Fields object(int depth) {
    if (depth > JsonTree.DEPTH_MAX) {
      return null;
    }
    var offset = at++;
    var fields = LinkedHashMap.<String, JsonValue>newLinkedHashMap(FIELDS_USUAL);
    if (skipSpace() == '}') {
      at++;
      return new Fields(offset, fields);
    }
    while (skipSpace() == '"') {
      var name = string();
      if (name == null || skipSpace() != ':') {
        return null;
      }
      at++;
      var value = value(depth);
      if (value == null || fields.put(name, value) != null) {
        return null;
      }
      var next = skipSpace();
      at++;
      if (next != ',') {
        return next == '}' ? new Fields(offset, fields) : null;
      }
    }
    return null;
  }

  private @Nullable Items list(int depth) {
    if (depth > JsonTree.DEPTH_MAX) {
      return null;
    }
    var offset = at++;
    var values = new ArrayList<JsonValue>();
    if (skipSpace() == ']') {
      at++;
      return new Items(offset, values);
    }
    while (true) {
      var value = value(depth);
      if (value == null) {
        return null;
      }
      values.add(value);
      var next = skipSpace();
      at++;
      if (next != ',') {
        return next == ']' ? new Items(offset, values) : null;
      }
    }
  }

  private @Nullable JsonValue value(int depth) {
    var first = skipSpace();
    var offset = at;
    return switch (first) {
      case '"' -> {
        var string = string();
        yield string == null ? null : new Text(offset, string);
      }
      case '{' -> object(depth + 1);
      case '[' -> list(depth + 1);
      case 't' -> skip("true") ? new Bool(offset, true) : null;
      case 'f' -> skip("false") ? new Bool(offset, false) : null;
      case 'n' -> skip("null") ? new Null(offset) : null;
      default -> number();
    };
  }

  /** What the string says whose first quote is here. */
  private @Nullable String string() {
    var start = at + 1;
    for (var i = start; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return text.substring(start, i);
      }
      if (c == '\\') {
        at = i;
        return stringWithEscapes(start);
      }
      if (c < ' ' || (Character.isSurrogate(c) && JsonText.isHalf(text, i))) {
        return null;
      }
    }
    return null;
  }

  private @Nullable String stringWithEscapes(int start) {
    var decoded = new StringBuilder(at - start + 64).append(text, start, at);
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '"') {
        return hasHalves(decoded) ? null : decoded.toString();
      }
      if (c == '\\') {
        c = escape();
        if (c == END) {
          return null;
        }
      } else if (c < ' ') {
        return null;
      }
      decoded.append(c);
    }
    return null;
  }

  /** The character behind a backslash; {@link #END} when it is none, or NUL. */
  private char escape() {
    var c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> END;
    };
  }

  private char unicode() {
    var code = 0;
    for (var end = at + 4; at < end; at++) {
      var digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        return END;
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private static boolean hasHalves(StringBuilder decoded) {
    for (var i = 0; i < decoded.length(); i++) {
      if (Character.isSurrogate(decoded.charAt(i)) && JsonText.isHalf(decoded, i)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Digits number() {
    var start = at;
    if (peek() == '-') {
      at++;
    }
    var isSound = peek() == '0' ? skip("0") : skipDigits();
    if (isSound && peek() == '.') {
      at++;
      isSound = skipDigits();
    }
    if (isSound && (peek() == 'e' || peek() == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      isSound = skipDigits();
    }
    // With its signs it may be a little longer than its digits are many: then it is looked at.
    return isSound && at - start <= JsonTree.NUMBER_DIGITS_MAX
        ? new Digits(start, text.substring(start, at))
        : null;
  }

  /** Returns whether there were any. */
  private boolean skipDigits() {
    var start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean skip(String word) {
    var found = text.startsWith(word, at);
    at += word.length();
    return found;
  }

  /** Passes white space and returns what comes then, without passing that. */
  private char skipSpace() {
    for (; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return END;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }
}
