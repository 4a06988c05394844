package io.switchhook.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads HTTP/1.1 answers with a {@code Content-Length} as they come in. */
final class AnswerReader {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEQUENCE = "\"sequence\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DUPLICATE = "\"duplicate\":".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private byte[] bytes = new byte[4_096];
  private int from;
  private int to;
  private int status;
  private int bodyFrom;
  private int bodyTo;
  private int at;

  /** The bytes of the connection that come next. */
  void add(ByteBuffer more) {
    if (from == to) {
      from = 0;
      to = 0;
    }
    if (to + more.remaining() > bytes.length) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
      if (to + more.remaining() > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, to + more.remaining()));
      }
    }
    var length = more.remaining();
    more.get(bytes, to, length);
    to += length;
  }

  /** Forgets what came: another connection begins. */
  void clear() {
    from = 0;
    to = 0;
  }

  /** Goes to the next answer; false when it is not there as a whole. */
  boolean next() {
    var headEnd = headEnd();
    if (headEnd < 0) {
      return false;
    }
    var length = number(find(LENGTH, from, headEnd) + LENGTH.length);
    if (headEnd + length > to) {
      return false;
    }
    status = number(from + STATUS_AT);
    bodyFrom = headEnd;
    bodyTo = headEnd + length;
    at = bodyFrom;
    from = bodyTo;
    return true;
  }

  private int headEnd() {
    for (var i = from; i <= to - 4; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  int status() {
    return status;
  }

  String body() {
    return new String(bytes, bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8);
  }

  /** Reads the next entry of a list of accepted events; false when there is none. */
  boolean nextEntry(Answers.Entry entry) {
    var id = find(ID, at, bodyTo);
    if (id < 0) {
      return false;
    }
    var idFrom = id + ID.length;
    var idTo = idFrom;
    while (idTo < bodyTo && bytes[idTo] != '"') {
      idTo++;
    }
    var sequence = find(SEQUENCE, idTo, bodyTo);
    var duplicate = find(DUPLICATE, idTo, bodyTo);
    if (sequence < 0 || duplicate < 0) {
      return false;
    }
    at = duplicate;
    entry.set(
        Token.hash(bytes, idFrom, idTo),
        number(sequence + SEQUENCE.length),
        bytes[duplicate + DUPLICATE.length] == 't');
    return true;
  }

  /** Where a text of lower case begins, whatever its case is here; -1 when it is not there. */
  private int find(byte[] what, int begin, int end) {
    for (var i = begin; i <= end - what.length; i++) {
      var matched = 0;
      while (matched < what.length && lower(bytes[i + matched]) == what[matched]) {
        matched++;
      }
      if (matched == what.length) {
        return i;
      }
    }
    return -1;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  /** The number at this place, after blanks. */
  private int number(int place) {
    var i = place;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    var number = 0;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      number = number * 10 + bytes[i] - '0';
      i++;
    }
    return number;
  }
}
