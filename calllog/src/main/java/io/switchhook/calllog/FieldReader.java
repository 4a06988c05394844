package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one object leniently: numbers may be texts, and what is absent is empty. */
record FieldReader(Fields fields) {
  /** The name under which an entry that is no object stands. */
  private static final String BARE = "value";

  /** A scale beyond this is no duration but an attack on whoever writes the digits out. */
  private static final int SCALE_MAX = 18;

  /** No fields. */
  static FieldReader empty() {
    return new FieldReader(new Fields(0, Map.of()));
  }

  /** The field as text; null when it is absent, null, a list or an object. */
  @Nullable String textOrNull(String name) {
    var value = fields.values().get(name);
    return value != null && value.isScalar() ? CallLog.textOf(value) : null;
  }

  /** The field as text; {@code ""} when there is none. */
  String text(String name) {
    var text = textOrNull(name);
    return text == null ? "" : text;
  }

  /** The field as a telephone number; null when there is none. */
  @Nullable String numberOrNull(String name) {
    var text = textOrNull(name);
    return text == null ? null : withPlus(text);
  }

  /** The field as a telephone number; {@code ""} when there is none. */
  String number(String name) {
    return withPlus(text(name));
  }

  /** The field as a whole number; 0 when it is none. */
  long whole(String name) {
    var decimal = decimal(name);
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException _) {
      return 0;
    }
  }

  /** The field as a whole number of the size of an int; 0 when it is none. */
  int small(String name) {
    var whole = whole(name);
    return whole == (int) whole ? (int) whole : 0;
  }

  /** The field as a decimal number; 0 when it is none, or one that nobody would write. */
  BigDecimal decimal(String name) {
    var text = text(name).strip();
    if (text.isEmpty() || text.length() > JsonTree.NUMBER_DIGITS_MAX) {
      return BigDecimal.ZERO;
    }
    try {
      var number = new BigDecimal(text);
      return Math.abs((long) number.scale()) <= SCALE_MAX ? number : BigDecimal.ZERO;
    } catch (NumberFormatException _) {
      return BigDecimal.ZERO;
    }
  }

  /** What {@code shape} makes of each object in the list; nothing when it is no list. */
  <T> List<T> objects(String name, Function<FieldReader, T> shape) {
    if (!(fields.values().get(name) instanceof Items(_, var values))) {
      return List.of();
    }
    return values.stream()
        .filter(Fields.class::isInstance)
        .map(value -> shape.apply(new FieldReader((Fields) value)))
        .toList();
  }

  /** The object that the field is; null when it is none. */
  @Nullable FieldReader objectOrNull(String name) {
    return fields.values().get(name) instanceof Fields object ? new FieldReader(object) : null;
  }

  /**
   * The entries of a list, each as its fields in their order as texts; one that is no object stands
   * under {@code value}. What is no list is one entry; absent, null and empty texts are none.
   */
  List<Map<String, String>> entries(String name) {
    return switch (fields.values().get(name)) {
      case Items(_, var values) -> values.stream().map(FieldReader::entry).toList();
      case JsonValue value when !textOf(value).isEmpty() -> List.of(entry(value));
      case null, default -> List.of();
    };
  }

  private static Map<String, String> entry(JsonValue value) {
    var entry = new LinkedHashMap<String, String>();
    if (value instanceof Fields(_, var fields)) {
      fields.forEach((name, field) -> entry.put(name, textOf(field)));
    } else {
      entry.put(BARE, textOf(value));
    }
    return entry;
  }

  private static String textOf(JsonValue value) {
    var text = CallLog.textOf(value);
    return text == null ? "" : text;
  }

  /**
   * The telephone number with its plus, where a form decoder made a space of it: {@code "
   * 919999999999"} was {@code "+919999999999"}.
   */
  static String withPlus(String number) {
    var isNumber =
        number.length() > 1
            && number.charAt(0) == ' '
            && number.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? "+" + number.substring(1) : number;
  }
}
