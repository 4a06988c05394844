package io.switchhook.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * The id of a call log that is sent: 16 hex digits, of which the first four are a mark, two name
 * the traffic and ten the event's ordinal.
 */
public final class Token {
  /** How many characters a token has. */
  public static final int LENGTH = 16;

  private static final byte[] MARK = {'b', '1', '7', 'e'};
  private static final int TRAFFIC_DIGITS = 2;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Token() {}

  /** Writes the token of an event. */
  static void write(byte[] target, int at, int traffic, long ordinal) {
    System.arraycopy(MARK, 0, target, at, MARK.length);
    hex(target, at + MARK.length, TRAFFIC_DIGITS, traffic);
    hex(target, at + MARK.length + TRAFFIC_DIGITS, LENGTH - MARK.length - TRAFFIC_DIGITS, ordinal);
  }

  /** Writes a number as so many hex digits. */
  static void hex(byte[] target, int at, int digits, long number) {
    var rest = number;
    for (var i = at + digits - 1; i >= at; i--) {
      target[i] = DIGITS[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  /** Where the first token begins in a range of bytes; -1 when there is none. */
  public static int find(byte[] bytes, int from, int to) {
    for (var i = from; i <= to - LENGTH; i++) {
      if (bytes[i] == MARK[0]
          && bytes[i + 1] == MARK[1]
          && bytes[i + 2] == MARK[2]
          && bytes[i + 3] == MARK[3]) {
        return i;
      }
    }
    return -1;
  }

  /** The traffic that the token at this place names; negative when it is no token. */
  public static int trafficOf(byte[] bytes, int at) {
    return (int) number(bytes, at + MARK.length, TRAFFIC_DIGITS);
  }

  /** The ordinal that the token at this place names; negative when it is no token. */
  public static long ordinalOf(byte[] bytes, int at) {
    return number(bytes, at + MARK.length + TRAFFIC_DIGITS, LENGTH - MARK.length - TRAFFIC_DIGITS);
  }

  private static long number(byte[] bytes, int at, int digits) {
    var number = 0L;
    for (var i = at; i < at + digits; i++) {
      var digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** The uid of a call. */
  public static String uid(int traffic, long call) {
    return "bench-%02x-%010x".formatted(traffic, call);
  }

  /** {@link #hash(byte[], int, int)} of a text. */
  public static int hash(String id) {
    var bytes = id.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length);
  }

  /** A hash of an event's id as the server names it; never 0. */
  public static int hash(byte[] bytes, int from, int to) {
    var hash = 0x811c9dc5;
    for (var i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    return hash == 0 ? 1 : hash;
  }
}
