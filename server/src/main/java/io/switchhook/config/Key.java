package io.switchhook.config;

import java.util.List;
import java.util.Locale;

/**
 * One key, declared once: what it is called, what it means, what is allowed, what holds when nobody
 * says anything.
 *
 * @param name dotted, lower case, with dashes
 * @param sentence one sentence for people
 * @param type reads what is written
 * @param defaults the texts of the default: one, or the items of a list
 */
record Key<T>(String name, String sentence, ValueType<T> type, List<String> defaults) {

  /** What is read for the key, or why it is not allowed. */
  sealed interface Read<T> {
    record Value<T>(T value) implements Read<T> {}

    record Refused<T>(String text, String problem) implements Read<T> {}
  }

  /** The name of the environment variable: dots and dashes become {@code _}. */
  String environmentName() {
    return "SWITCHHOOK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  Read<T> read(List<String> texts) {
    return type.read(texts);
  }

  /** The default, which is always allowed. */
  T defaultValue() {
    return switch (read(defaults)) {
      case Read.Value<T>(T value) -> value;
      case Read.Refused<T>(String text, String problem) ->
          throw new IllegalStateException(name + " = " + text + " " + problem);
    };
  }
}
