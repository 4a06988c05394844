package io.switchhook.config;

import java.util.List;

/**
 * What somebody wrote for a key.
 *
 * @param where the file with its line, the environment variable or the flag
 * @param texts one value, or the items of a list
 * @param form as it was written
 */
record Given(String where, String key, List<String> texts, ValueType.Form form) {
  Given {
    texts = List.copyOf(texts);
  }

  /** The value on one line. */
  String shown() {
    return form == ValueType.Form.LIST ? texts.toString() : String.join(",", texts);
  }
}
