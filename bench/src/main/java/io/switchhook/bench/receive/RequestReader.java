package io.switchhook.bench.receive;

import io.switchhook.bench.load.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads webhook requests (HTTP/1.1, POST, {@code Content-Length}) as they come in. */
final class RequestReader {
  /** The longest request that is taken. */
  static final int LENGTH_MAX = 4 * 1024 * 1024;

  /** The path of every webhook, before its number. */
  static final String PATH = "/w/";

  private static final byte[] START = ("POST " + PATH).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = name("content-length:");
  private static final byte[] ID = name("webhook-id:");
  private static final byte[] SEQUENCE = name("switchhook-sequence:");
  private static final byte[] PREVIOUS = name("switchhook-previous:");
  private static final byte[] SKIPPED = name("switchhook-skipped:");
  private static final byte[] REPLAY = name("switchhook-replay:");

  private byte[] bytes = new byte[8 * 1024];
  private int from;
  private int to;
  private long firstByteNanos;
  private boolean broken;

  private static byte[] name(String header) {
    return header.getBytes(StandardCharsets.US_ASCII);
  }

  /** The bytes of the connection that come next, read at this time. */
  void add(ByteBuffer more, long nowNanos) {
    if (from == to) {
      from = 0;
      to = 0;
      firstByteNanos = nowNanos;
    }
    var length = more.remaining();
    if (to + length > bytes.length) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
      if (to + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, to + length));
      }
    }
    more.get(bytes, to, length);
    to += length;
    if (to - from > LENGTH_MAX) {
      broken = true;
    }
  }

  /** True when what came is no request of a webhook. */
  boolean isBroken() {
    return broken;
  }

  /** Reads the next request; false when it is not there as a whole. */
  boolean next(Heard heard) {
    if (broken || from == to) {
      return false;
    }
    clear(heard);
    var length = 0;
    var line = from;
    while (true) {
      var end = lineEnd(line);
      if (end < 0) {
        return false;
      }
      if (bytes[line] == '\r') {
        break;
      }
      if (line == from) {
        startLine(heard);
      } else {
        length = Math.max(length, header(line, heard));
      }
      line = end;
    }
    var body = line + 2;
    if (broken || body + length > to) {
      return false;
    }
    token(heard, body, body + length);
    heard.firstByteNanos = firstByteNanos;
    from = body + length;
    return true;
  }

  private static void clear(Heard heard) {
    heard.webhook = -1;
    heard.traffic = -1;
    heard.ordinal = -1;
    heard.idHash = -1;
    heard.sequence = -1;
    heard.previous = -1;
    heard.skipped = -1;
    heard.replay = false;
  }

  /** Where the next line begins; -1 when this one is not whole. */
  private int lineEnd(int line) {
    for (var i = line; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private void startLine(Heard heard) {
    if (!begins(from, START)) {
      broken = true;
      return;
    }
    heard.webhook = number(from + START.length);
  }

  /** Reads a header that counts; returns the body's length if it was that, otherwise 0. */
  private int header(int line, Heard heard) {
    switch (lower(bytes[line])) {
      case 'c' -> {
        return begins(line, LENGTH) ? number(line + LENGTH.length) : 0;
      }
      case 'w' -> {
        if (begins(line, ID)) {
          var value = blanks(line + ID.length);
          heard.idHash = Token.hash(bytes, value, valueEnd(value));
        }
      }
      case 's' -> {
        if (begins(line, SEQUENCE)) {
          heard.sequence = number(line + SEQUENCE.length);
        } else if (begins(line, PREVIOUS)) {
          heard.previous = number(line + PREVIOUS.length);
        } else if (begins(line, SKIPPED)) {
          heard.skipped = number(line + SKIPPED.length);
        } else if (begins(line, REPLAY)) {
          heard.replay = true;
        }
      }
      default -> {
        // Not ours.
      }
    }
    return 0;
  }

  private void token(Heard heard, int body, int end) {
    var at = Token.find(bytes, body, end);
    if (at >= 0) {
      heard.traffic = Token.trafficOf(bytes, at);
      heard.ordinal = Token.ordinalOf(bytes, at);
    }
  }

  private boolean begins(int line, byte[] what) {
    if (line + what.length > to) {
      return false;
    }
    for (var i = 0; i < what.length; i++) {
      // Paths and methods are compared with their case folded, too: ours have one spelling only.
      if (lower(bytes[line + i]) != lower(what[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  private int blanks(int at) {
    var i = at;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    return i;
  }

  private int valueEnd(int at) {
    var i = at;
    while (i < to && bytes[i] != '\r' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private int number(int at) {
    var number = 0;
    for (var i = blanks(at); i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }
}
