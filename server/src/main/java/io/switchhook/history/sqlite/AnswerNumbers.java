package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The headers that answers carry again and again, numbered. Those that come for the first time get
 * no number: a header that differs in each answer would number them all.
 */
final class AnswerNumbers {
  /** Of more than this it is forgotten that they came. */
  static final int HEARD_MAX = 1_000;

  /** No more are kept in a day's file. */
  static final int KEPT_MAX = 10_000;

  private static final int ONCE = 0;
  private static final int NOT_KEPT = -1;

  private final Map<String, Integer> heard = LatestUsed.map(HEARD_MAX);

  /** The number of these headers; empty when they have none. */
  OptionalInt of(Session session, String headers) throws SQLException {
    var number = heard.get(headers);
    if (number == null) {
      heard.put(headers, ONCE);
      return OptionalInt.empty();
    }
    if (number == ONCE) {
      number = stored(session, headers);
      heard.put(headers, number);
    }
    return number == NOT_KEPT ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static int stored(Session session, String headers) throws SQLException {
    var insert =
        session.prepared(
            """
            INSERT OR IGNORE INTO answer (headers) SELECT ? WHERE (SELECT coalesce(max(no), 0) FROM answer) < ?
            """);
    bind(insert, headers, KEPT_MAX);
    insert.executeUpdate();
    var select = session.prepared("SELECT no FROM answer WHERE headers = ?");
    bind(select, headers);
    try (var row = select.executeQuery()) {
      return row.next() ? row.getInt("no") : NOT_KEPT;
    }
  }

  /** The headers with this number. */
  static String headers(Session session, int number) throws SQLException {
    var select = session.prepared("SELECT headers FROM answer WHERE no = ?");
    bind(select, number);
    try (var row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no headers have the number " + number);
      }
      return row.getString("headers");
    }
  }
}
