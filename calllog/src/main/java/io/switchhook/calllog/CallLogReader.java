package io.switchhook.calllog;

import io.switchhook.calllog.ReadResult.Read;
import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON object of a call log: takes all of it or says why not. May be used from any
 * thread.
 */
public final class CallLogReader {
  /** The largest call log that is taken, in bytes of UTF-8. */
  public static final int SIZE_BYTES_MAX = 256 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CallLogReader() {}

  /** Reads UTF-8 bytes that are one call log, white space around it allowed. */
  public static ReadResult read(byte[] utf8) {
    if (utf8.length > SIZE_BYTES_MAX) {
      return tooLarge(utf8.length).in("", 0);
    }
    return switch (Utf8.decode(utf8)) {
      case Utf8.Decoded(var text) -> readPart(text, 0, text.length());
      case Utf8.Broken(var malformed) -> malformed;
    };
  }

  /** Reads text that is one call log, white space around it allowed. */
  public static ReadResult read(String text) {
    return readPart(text, 0, text.length());
  }

  /** Reads a part of a text that is one call log; faults are placed in the whole. */
  static ReadResult readPart(String whole, int startInclusive, int endExclusive) {
    var start = startInclusive;
    var end = endExclusive;
    while (start < end && (isSpace(whole.charAt(start)) || isMark(whole, start))) {
      start++;
    }
    while (end > start && isSpace(whole.charAt(end - 1))) {
      end--;
    }
    try {
      return new Read(logOf(whole.substring(start, end)));
    } catch (MalformedException e) {
      return e.in(whole, start);
    }
  }

  private static CallLog logOf(String json) throws MalformedException {
    // UTF-8 takes at most three bytes for each UTF-16 unit, so most texts need not be counted.
    if (json.length() > SIZE_BYTES_MAX / 3) {
      var sizeBytes = json.getBytes(StandardCharsets.UTF_8).length;
      if (sizeBytes > SIZE_BYTES_MAX) {
        throw tooLarge(sizeBytes);
      }
    }
    var root = JsonTree.parse(json);
    var checks = new LogChecks(root);
    return new CallLog(json, root, checks.kind(), checks.uid());
  }

  private static MalformedException tooLarge(int sizeBytes) {
    return new MalformedException(
        0,
        "",
        "a call log of " + sizeBytes + " bytes",
        "at most " + SIZE_BYTES_MAX + " bytes (256 KiB)");
  }

  private static boolean isMark(String text, int at) {
    return at == 0 && text.charAt(at) == BYTE_ORDER_MARK;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
