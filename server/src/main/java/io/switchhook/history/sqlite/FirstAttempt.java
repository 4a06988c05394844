package io.switchhook.history.sqlite;

import io.switchhook.event.Bytes;
import io.switchhook.history.AttemptFigures.Tried;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.Change;
import io.switchhook.sqlite.Session;
import io.switchhook.webhook.RequestShape.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * What stands in delivery.first, in this order; whole numbers take seven bits a byte, the lowest first, and the eighth says
 * that more follow:
 *
 *   flags      bit 0 the answer was cut, bit 1 a replay made the attempt
 *   started    ms since the acceptance of the event, the sign in the lowest bit
 *   number, took in µs, status
 *   words      length and text; length 0 for "answered STATUS"
 *   headers    their number in the table answer, 0 for none
 *   date       length and text: with a number, the value of the first header Date, which that leaves empty;
 *              without one, all headers as attempt.headers has them
 *   excerpt    all the rest
 */
/** The attempt that delivered an event at once, as its delivery's row holds it. */
final class FirstAttempt {
  private static final int CUT = 1;
  private static final int REPLAY = 2;
  private static final int NUMBERS_BYTES_MAX = 64;

  final Instant startedAt;
  final int number;
  final Tried tried;
  private final ByteBuffer rest;
  private final int flags;

  /** Reads a value of the column. */
  FirstAttempt(byte[] stored, Instant acceptedAt) {
    rest = ByteBuffer.wrap(stored);
    flags = (int) number(rest);
    long started = number(rest);
    startedAt = acceptedAt.plusMillis(started >>> 1 ^ -(started & 1));
    number = (int) number(rest);
    var took = Duration.ofNanos(number(rest) * 1_000);
    tried = new Tried((int) number(rest), took);
  }

  /** The attempt of a delivery that took no other one, if it can be held so; otherwise null. */
  static @Nullable AttemptRow of(List<Change.OfDelivery> changes) {
    AttemptRow only = null;
    for (var change : changes) {
      if (change instanceof Change.Attempted attempted) {
        var details = attempted.details();
        if (only != null
            || details == null
            || !attempted.delivered()
            || details.status() == null
            || details.nextAttemptAt() != null) {
          return null;
        }
        only = details;
      }
    }
    return only;
  }

  /** The value of the column for this attempt. */
  static byte[] stored(Session session, AnswerNumbers answers, AttemptRow attempt, Instant accepted)
      throws SQLException {
    int status = attempt.status() == null ? 0 : attempt.status();
    var words = attempt.words().equals(usualWords(status)) ? "" : attempt.words();
    var date = takeDate(attempt.answerHeaders());
    var lines = DeliveryRows.headerLines(date == null ? attempt.answerHeaders() : date.others);
    int answer = answers.of(session, lines).orElse(0);
    var apart = date == null ? "" : date.value;
    if (answer == 0) {
      apart = date == null ? lines : DeliveryRows.headerLines(attempt.answerHeaders());
    }
    var wordBytes = words.getBytes(StandardCharsets.UTF_8);
    var apartBytes = apart.getBytes(StandardCharsets.UTF_8);
    var excerpt = attempt.answerExcerpt().array();
    var to =
        ByteBuffer.allocate(
            NUMBERS_BYTES_MAX + wordBytes.length + apartBytes.length + excerpt.length);
    put(to, (attempt.answerCut() ? CUT : 0) | (attempt.replay() ? REPLAY : 0));
    long started = attempt.startedAt().toEpochMilli() - accepted.toEpochMilli();
    put(to, started << 1 ^ started >> 63);
    put(to, attempt.number());
    put(to, attempt.took().toNanos() / 1_000);
    put(to, status);
    put(to, wordBytes.length);
    to.put(wordBytes);
    put(to, answer);
    put(to, apartBytes.length);
    to.put(apartBytes).put(excerpt);
    var stored = new byte[to.position()];
    to.get(0, stored);
    return stored;
  }

  private record Dated(String value, List<Header> others) {}

  /** The headers with an empty date; null when there is none to take out. */
  private static @Nullable Dated takeDate(List<Header> headers) {
    for (int i = 0; i < headers.size(); i++) {
      var header = headers.get(i);
      if (isDate(header)) {
        var others = new ArrayList<>(headers);
        others.set(i, new Header(header.name(), ""));
        return new Dated(header.value().replace('\n', ' '), others);
      }
    }
    return null;
  }

  private static boolean isDate(Header header) {
    return header.name().equalsIgnoreCase("date");
  }

  /** The attempt as a whole; to be called once. */
  AttemptRow row(Session session) throws SQLException {
    int status = tried.status() == null ? 0 : tried.status();
    var words = text();
    int answer = (int) number(rest);
    var apart = text();
    var excerpt = new byte[rest.remaining()];
    rest.get(excerpt);
    return new AttemptRow(
        number,
        startedAt,
        tried.took(),
        status,
        words.isEmpty() ? usualWords(status) : words,
        answer == 0
            ? DeliveryRows.headers(apart)
            : dated(DeliveryRows.headers(AnswerNumbers.headers(session, answer)), apart),
        Bytes.wrap(excerpt),
        (flags & CUT) != 0,
        /* nextAttemptAt= */ null,
        (flags & REPLAY) != 0);
  }

  private static String usualWords(int status) {
    return "answered " + status;
  }

  private static List<Header> dated(List<Header> headers, String date) {
    var dated = new ArrayList<>(headers);
    for (int i = 0; i < dated.size(); i++) {
      if (isDate(dated.get(i))) {
        dated.set(i, new Header(dated.get(i).name(), date));
        return dated;
      }
    }
    return dated;
  }

  private String text() {
    var bytes = new byte[(int) number(rest)];
    rest.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void put(ByteBuffer to, long number) {
    long left = number;
    while ((left & ~0x7fL) != 0) {
      to.put((byte) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    to.put((byte) left);
  }

  private static long number(ByteBuffer from) {
    long number = 0;
    int shift = 0;
    while (true) {
      byte next = from.get();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
      shift += 7;
    }
  }
}
