package io.switchhook.calllog;

import static java.util.Objects.requireNonNull;

import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.util.Arrays;
import java.util.Map;

/** Writes a value without white space and with one way of escaping. */
final class CanonicalJson {
  /** Room for an in-call log (some 400 characters), so that writing one does not grow it. */
  private static final int CHARS_AT_FIRST = 512;

  private final StringBuilder out = new StringBuilder(CHARS_AT_FIRST);
  private final boolean sorted;

  private CanonicalJson(boolean sorted) {
    this.sorted = sorted;
  }

  /** The value with the keys of every object sorted by UTF-16 units. */
  static String of(JsonValue value) {
    var json = new CanonicalJson(true);
    json.write(value);
    return json.out.toString();
  }

  /** The value with its keys in their own order. */
  static String inOrder(JsonValue value) {
    var json = new CanonicalJson(false);
    json.write(value);
    return json.out.toString();
  }

  private void write(JsonValue value) {
    switch (value) {
      case Text(_, var text) -> JsonText.appendQuoted(out, text);
      case Digits(_, var digits) -> out.append(digits);
      case Bool(_, var truth) -> out.append(truth);
      case Null _ -> out.append("null");
      case Items list -> writeList(list);
      case Fields fields -> writeObject(fields.values());
    }
  }

  private void writeList(Items list) {
    var separator = '[';
    for (var value : list.values()) {
      out.append(separator);
      write(value);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  private void writeObject(Map<String, JsonValue> fields) {
    var names = fields.keySet().toArray(new String[0]);
    if (sorted) {
      Arrays.sort(names);
    }
    var separator = '{';
    for (var name : names) {
      out.append(separator);
      JsonText.appendQuoted(out, name);
      out.append(':');
      write(requireNonNull(fields.get(name)));
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }
}
