package io.switchhook.config;

import io.switchhook.config.Key.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of value: reads texts, and says in words what is allowed.
 *
 * @param allowed what is allowed, with units and range, for example {@code a port from 0 to 65535}
 */
record ValueType<T>(String allowed, Form form, Function<List<String>, Read<T>> reader) {
  /** How a value is written in the file. */
  enum Form {
    SCALAR,
    LIST
  }

  /** One value; {@code parser} answers empty for what is not allowed. */
  static <T> ValueType<T> scalar(String allowed, Function<String, Optional<T>> parser) {
    return new ValueType<>(
        allowed,
        Form.SCALAR,
        texts -> {
          var text = String.join(",", texts);
          return parser
              .apply(text)
              .<Read<T>>map(Read.Value::new)
              .orElseGet(() -> new Read.Refused<>(text, "allowed is " + allowed));
        });
  }

  /** A list of at least {@code min} and at most {@code max} values. */
  static <T> ValueType<List<T>> listOf(ValueType<T> item, int min, int max) {
    var allowed = "a list of " + min + " to " + max + ", each " + item.allowed();
    return new ValueType<>(
        allowed,
        Form.LIST,
        texts -> {
          if (texts.size() < min || texts.size() > max) {
            return new Read.Refused<>(String.join(", ", texts), "allowed is " + allowed);
          }
          var values = new ArrayList<T>();
          for (var text : texts) {
            switch (item.read(List.of(text))) {
              case Read.Value<T>(T value) -> values.add(value);
              case Read.Refused<T>(_, String problem) -> {
                return new Read.Refused<>(text, problem);
              }
            }
          }
          return new Read.Value<>(List.copyOf(values));
        });
  }

  Read<T> read(List<String> texts) {
    return reader.apply(texts);
  }
}
