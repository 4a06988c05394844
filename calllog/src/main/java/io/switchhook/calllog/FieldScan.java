package io.switchhook.calllog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * An event's log is read whole and strictly once, when it is taken in. Whoever routes it, or shows
 * its call in a list, asks for a handful of its fields afterwards, for each event: so they are found
 * where they stand, without making anything of the rest. What is not plain (an escape, a list in a
 * list, an object) is left to whoever reads it whole.
 */
/**
 * Where the fields of a JSON object stand that was read before and found sound. Of bytes that are
 * no such object nothing is known, and nothing is thrown. For one thread.
 */
public final class FieldScan {
  private static final int FIELDS_MAX = 64;

  /** Of each field four places: its name's and its value's beginning and end. */
  private static final int PLACES = 4;

  private final byte[] json;
  private int[] places = new int[16 * PLACES];
  private int count;
  private int at;
  private boolean isKnown;

  private FieldScan(byte[] json) {
    this.json = json;
  }

  /** Looks through these UTF-8 bytes. */
  public static FieldScan of(byte[] json) {
    var scan = new FieldScan(json);
    scan.isKnown = scan.findFields();
    return scan;
  }

  /**
   * The values of a field, as {@link CallLog#values} tells them of its name without dots; null when
   * they can only be told by reading the log whole.
   */
  public @Nullable List<String> values(String name) {
    if (!isKnown || !isAscii(name)) {
      return null;
    }
    for (int field = 0; field < count * PLACES; field += PLACES) {
      if (isNamed(name, places[field], places[field + 1])) {
        var values = valuesAt(places[field + 2], places[field + 3]);
        return values != null && name.equals("users") && !isList(places[field + 2]) ? null : values;
      }
    }
    return List.of();
  }

  private boolean findFields() {
    at = 0;
    skipSpace();
    if (!take('{')) {
      return false;
    }
    skipSpace();
    if (take('}')) {
      return isAtEnd();
    }
    while (count < FIELDS_MAX) {
      if (!findField()) {
        return false;
      }
      skipSpace();
      if (take('}')) {
        return isAtEnd();
      }
      if (!take(',')) {
        return false;
      }
    }
    return false;
  }

  private boolean findField() {
    skipSpace();
    int name = at + 1;
    if (!skipText() || has('\\', name, at)) {
      return false;
    }
    int nameEnd = at - 1;
    skipSpace();
    if (!take(':')) {
      return false;
    }
    skipSpace();
    int value = at;
    if (!skipValue() || at == value) {
      return false;
    }
    note(name, nameEnd, value, at);
    return true;
  }

  private void note(int name, int nameEnd, int value, int valueEnd) {
    if ((count + 1) * PLACES > places.length) {
      places = Arrays.copyOf(places, FIELDS_MAX * PLACES);
    }
    int field = count * PLACES;
    places[field] = name;
    places[field + 1] = nameEnd;
    places[field + 2] = value;
    places[field + 3] = valueEnd;
    count++;
  }

  private boolean isAtEnd() {
    skipSpace();
    return at == json.length;
  }

  private void skipSpace() {
    while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
  }

  private boolean take(char wanted) {
    if (at < json.length && json[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** Moves behind a text and its quotes. */
  private boolean skipText() {
    if (!take('"')) {
      return false;
    }
    while (at < json.length) {
      switch (json[at++]) {
        case '"' -> {
          return true;
        }
        case '\\' -> at++;
        default -> {}
      }
    }
    return false;
  }

  private boolean skipValue() {
    if (at >= json.length) {
      return false;
    }
    return switch (json[at]) {
      case '"' -> skipText();
      case '{', '[' -> skipNested();
      default -> {
        skipPlain();
        yield true;
      }
    };
  }

  private void skipPlain() {
    while (at < json.length && json[at] > ' ' && ",]}:\"[{".indexOf(json[at]) < 0) {
      at++;
    }
  }

  private boolean skipNested() {
    int depth = 0;
    while (at < json.length) {
      byte c = json[at];
      if (c == '"') {
        if (!skipText()) {
          return false;
        }
        continue;
      }
      at++;
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isNamed(String name, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (json[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private boolean has(char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private boolean isList(int from) {
    return json[from] == '[';
  }

  private @Nullable List<String> valuesAt(int from, int to) {
    if (isList(from)) {
      return listAt(from + 1, to - 1);
    }
    if (json[from] == '{' || has('\\', from, to)) {
      return null;
    }
    var text = textAt(from, to);
    return text == null ? List.of() : List.of(text);
  }

  /** What stands between the brackets of a list, when each of it is plain. */
  private @Nullable List<String> listAt(int from, int to) {
    if (has('\\', from, to)) {
      return null;
    }
    var values = new ArrayList<String>();
    at = from;
    skipSpace();
    while (at < to) {
      int value = at;
      if (json[at] == '{' || json[at] == '[' || !skipValue() || at == value) {
        return null;
      }
      var text = textAt(value, at);
      if (text != null) {
        values.add(text);
      }
      skipSpace();
      if (at < to && !take(',')) {
        return null;
      }
      skipSpace();
    }
    return values;
  }

  /** A text without escapes, a number, a truth; null for null. */
  private @Nullable String textAt(int from, int to) {
    if (json[from] == '"') {
      return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }
    return json[from] == 'n' ? null : new String(json, from, to - from, StandardCharsets.US_ASCII);
  }
}
