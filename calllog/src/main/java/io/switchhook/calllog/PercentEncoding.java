package io.switchhook.calllog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Percent-encoding by the strictest reading that every decoder understands: all bytes but the
 * unreserved {@code A-Z a-z 0-9 - . _ ~} (RFC 3986) become {@code %XX}, a space {@code %20}. So the
 * same text serves as a form field, a query parameter and a path segment.
 */
public final class PercentEncoding {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] UNRESERVED = new boolean[256];

  static {
    for (var c = 0; c < 128; c++) {
      UNRESERVED[c] =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
    }
  }

  private PercentEncoding() {}

  /** The text's UTF-8 bytes, encoded. */
  public static String encode(String text) {
    return new String(encode(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
  }

  /** The bytes, encoded; the result is ASCII. */
  public static byte[] encode(byte[] bytes) {
    return encodeAfter(new byte[0], bytes);
  }

  /** {@code prefix} as it is, then the bytes encoded: a form body without a second copy. */
  public static byte[] encodeAfter(byte[] prefix, byte[] bytes) {
    var length = prefix.length;
    for (var b : bytes) {
      length += UNRESERVED[b & 0xFF] ? 1 : 3;
    }
    var out = Arrays.copyOf(prefix, length);
    var at = prefix.length;
    for (var b : bytes) {
      if (UNRESERVED[b & 0xFF]) {
        out[at++] = b;
      } else {
        out[at++] = '%';
        out[at++] = HEX[(b & 0xFF) >> 4];
        out[at++] = HEX[b & 15];
      }
    }
    return out;
  }
}
