package io.switchhook.calllog;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object without white space, field by field. */
final class ObjectWriter {
  private final StringBuilder out;
  private boolean first = true;

  ObjectWriter(StringBuilder out) {
    this.out = out;
    out.append('{');
  }

  /** A string, or null. */
  ObjectWriter text(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      out.append("null");
    } else {
      JsonText.appendQuoted(out, value);
    }
    return this;
  }

  /** A string whose slashes are escaped. */
  ObjectWriter url(String name, String value) {
    name(name);
    JsonText.appendQuotedAsPhp(out, value);
    return this;
  }

  /** A whole number. */
  ObjectWriter number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A decimal number without needless zeros, as PHP writes a float. */
  ObjectWriter number(String name, BigDecimal value) {
    name(name);
    out.append(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    return this;
  }

  /** A whole number, or null. */
  ObjectWriter numberOrNull(String name, @Nullable Integer value) {
    return value == null ? text(name, null) : number(name, (long) value);
  }

  /** True, false, or null. */
  ObjectWriter truth(String name, @Nullable Boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** An object, written by {@code shape}. */
  ObjectWriter object(String name, Consumer<ObjectWriter> shape) {
    name(name);
    var object = new ObjectWriter(out);
    shape.accept(object);
    object.end();
    return this;
  }

  /** A list of strings. */
  ObjectWriter texts(String name, List<String> values) {
    name(name);
    out.append('[');
    for (var i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      JsonText.appendQuoted(out, values.get(i));
    }
    out.append(']');
    return this;
  }

  /** A list of objects, each written by {@code shape}. */
  <T> ObjectWriter objects(String name, List<T> values, BiConsumer<ObjectWriter, T> shape) {
    name(name);
    out.append('[');
    for (var i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      var object = new ObjectWriter(out);
      shape.accept(object, values.get(i));
      object.end();
    }
    out.append(']');
    return this;
  }

  /** Closes the object. */
  void end() {
    out.append('}');
  }

  private void name(String name) {
    if (!first) {
      out.append(',');
    }
    first = false;
    JsonText.appendQuoted(out, name);
    out.append(':');
  }
}
