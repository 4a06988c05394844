package io.switchhook.history.sqlite;

import io.switchhook.event.CallId;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.CallTerms;
import io.switchhook.history.Cursor;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the calls of one day that a query asks for. */
final class CallSearch {
  /** From this many digits on, a number is looked up in its index. */
  static final int INDEXED_DIGITS_MIN = 5;

  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final StringBuilder sql = new StringBuilder("SELECT * FROM call WHERE company = ?");
  private final List<@Nullable Object> values = new ArrayList<>();
  private final CallQuery query;

  CallSearch(CallQuery query) {
    this.query = query;
    values.add(query.company().bits());
  }

  /** At most {@code max} calls, newest first. */
  List<CallSummary> find(Session session, int max) throws SQLException {
    if (query.state() != null) {
      and("state = ?", query.state());
    }
    if (query.from() != null) {
      and("started_at >= ?", query.from());
    }
    if (query.to() != null) {
      and("started_at < ?", query.to());
    }
    if (query.cursor() != null) {
      and("(started_at, uid) < (?, ?)", query.cursor().atMillis(), query.cursor().key());
    }
    if (query.number() != null) {
      andNumber(query.number());
    }
    if (query.user() != null) {
      andTerm(CallTerms.user(query.user()));
    }
    if (query.reference() != null) {
      andTerm(CallTerms.reference(query.reference()));
    }
    sql.append(" ORDER BY started_at DESC, uid DESC LIMIT ?");
    values.add(max);
    var select = session.prepared(sql.toString());
    Columns.bind(select, values.toArray());
    var found = new ArrayList<CallSummary>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var call = new CallId(query.company(), row.getString("uid"));
        found.add(CallRows.state(row).summary(call));
      }
    }
    return found;
  }

  private void andNumber(String digits) {
    if (digits.length() < INDEXED_DIGITS_MIN) {
      and("(digits LIKE ? OR digits LIKE ?)", "%|" + digits + "%", "%" + digits + "|%");
      return;
    }
    var forwards = CallRows.forwards(digits);
    var backwards = CallRows.backwards(digits);
    and(
        """
        uid IN (SELECT uid FROM call_number WHERE company = ? AND digits >= ? AND digits < ?
                UNION SELECT uid FROM call_number WHERE company = ? AND digits >= ? AND digits < ?)
        """,
        query.company().bits(),
        forwards,
        forwards + ":",
        query.company().bits(),
        backwards,
        backwards + ":");
  }

  /** All words that begin so lie between it and it with the last character there is. */
  private void andTerm(String beginning) {
    and(
        "uid IN (SELECT uid FROM call_term WHERE company = ? AND term >= ? AND term < ?)",
        query.company().bits(),
        beginning,
        beginning + LAST_CHARACTER);
  }

  private void and(String condition, Object... bound) {
    sql.append(" AND ").append(condition);
    values.addAll(List.of(bound));
  }

  /** The cursor behind this call. */
  static Cursor cursor(CallSummary last) {
    return new Cursor(last.startedAt().toEpochMilli(), last.call().uid());
  }
}
