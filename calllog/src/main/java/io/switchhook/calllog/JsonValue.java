package io.switchhook.calllog;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A JSON value as it was read, with its place in the text: numbers keep their digits. */
sealed interface JsonValue {
  /** Where it begins in the text that was read, in UTF-16 units. */
  int offset();

  /** A string, decoded. */
  record Text(int offset, String value) implements JsonValue {}

  /** A number, as written. */
  record Digits(int offset, String value) implements JsonValue {}

  /** True or false. */
  record Bool(int offset, boolean value) implements JsonValue {}

  /** The null. */
  record Null(int offset) implements JsonValue {}

  /** A list. */
  record Items(int offset, List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** An object; its fields keep their order. */
  record Fields(int offset, Map<String, JsonValue> values) implements JsonValue {
    public Fields {
      values = Collections.unmodifiableMap(values);
    }
  }

  /** True for everything that is neither a list nor an object. */
  default boolean isScalar() {
    return !(this instanceof Items) && !(this instanceof Fields);
  }
}
