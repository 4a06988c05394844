package io.switchhook.calllog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code application/x-www-form-urlencoded}, the form of a query string and of a form's body
 * (WHATWG URL Standard, section 5). Written with {@link PercentEncoding}, so a space is {@code
 * %20}; read with either.
 */
public final class FormEncoding {
  /** How many fields are read. */
  public static final int FIELDS_MAX = 1_000;

  private FormEncoding() {}

  /** A name and its value, decoded. */
  public record FormField(String name, String value) {}

  /** What came of decoding. */
  public sealed interface Decoded {}

  /** The fields in their order; a name may stand there more than once. */
  public record FormFields(List<FormField> fields) implements Decoded {
    public FormFields {
      fields = List.copyOf(fields);
    }

    /** The fields by name; of a name that comes twice the last counts, as in PHP. */
    public Map<String, String> byName() {
      var map = new LinkedHashMap<String, String>();
      for (var field : fields) {
        map.put(field.name(), field.value());
      }
      return map;
    }
  }

  /**
   * No fields, and why.
   *
   * @param position 1, 2 … in the encoded text
   */
  public record BrokenForm(int position, String problem) implements Decoded {}

  /** The fields as one line of ASCII. */
  public static String encode(List<FormField> fields) {
    var out = new StringBuilder();
    for (var field : fields) {
      if (!out.isEmpty()) {
        out.append('&');
      }
      out.append(PercentEncoding.encode(field.name()))
          .append('=')
          .append(PercentEncoding.encode(field.value()));
    }
    return out.toString();
  }

  /**
   * The fields that a text encodes. {@code +} is a space; empty pieces are passed over; a field
   * without {@code =} has an empty value; a percent sign that two hexadecimal digits do not follow,
   * and bytes that are not UTF-8, are refused.
   */
  public static Decoded decode(String encoded) {
    var fields = new ArrayList<FormField>();
    var start = 0;
    while (start <= encoded.length()) {
      var end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      if (end > start) {
        if (fields.size() == FIELDS_MAX) {
          return new BrokenForm(start + 1, "more than " + FIELDS_MAX + " fields");
        }
        var equals = encoded.indexOf('=', start);
        var nameEnd = equals < 0 || equals > end ? end : equals;
        var name = piece(encoded, start, nameEnd);
        var value = piece(encoded, Math.min(nameEnd + 1, end), end);
        if (name instanceof Wrong(var position, var problem)) {
          return new BrokenForm(position, problem);
        }
        if (value instanceof Wrong(var position, var problem)) {
          return new BrokenForm(position, problem);
        }
        fields.add(new FormField(((Right) name).text(), ((Right) value).text()));
      }
      start = end + 1;
    }
    return new FormFields(fields);
  }

  private sealed interface Piece {}

  private record Right(String text) implements Piece {}

  private record Wrong(int position, String problem) implements Piece {}

  private static Piece piece(String encoded, int start, int end) {
    var bytes = new ByteArrayOutputStream(end - start);
    for (var i = start; i < end; i++) {
      var c = encoded.charAt(i);
      if (c == '%') {
        var high = i + 2 < end ? hexDigit(encoded.charAt(i + 1)) : -1;
        var low = i + 2 < end ? hexDigit(encoded.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          return new Wrong(i + 1, "a percent sign without two hexadecimal digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 128) {
        bytes.write(c == '+' ? ' ' : c);
      } else {
        var length = Character.isHighSurrogate(c) && i + 1 < end ? 2 : 1;
        bytes.writeBytes(encoded.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
        i += length - 1;
      }
    }
    return switch (Utf8.decode(bytes.toByteArray())) {
      case Utf8.Decoded(var text) -> new Right(text);
      case Utf8.Broken _ -> new Wrong(start + 1, "a name or value that is not UTF-8 text");
    };
  }

  private static int hexDigit(char c) {
    return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
  }
}
