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

  /** From more calls than this on, going through all by time is quicker than fetching each. */
  static final int FEW_MAX = 1_000;

  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final StringBuilder sql = new StringBuilder("SELECT * FROM call WHERE company = ?");
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Lookup> lookups = new ArrayList<>();
  private final CallQuery query;

  /** Looks up uids by an index. */
  private record Lookup(String uids, List<Object> values) {}

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
    // Few calls are fetched and put in order; among many the newest are met soon, in their order.
    sql.append(
        isFew(session)
            ? " ORDER BY +started_at DESC, +uid DESC LIMIT ?"
            : " ORDER BY started_at DESC, uid DESC LIMIT ?");
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

  private boolean isFew(Session session) throws SQLException {
    for (var one : lookups) {
      var count = session.prepared("SELECT count(*) FROM (" + one.uids() + " LIMIT ?)");
      var bound = new ArrayList<Object>(one.values());
      bound.add(FEW_MAX + 1);
      Columns.bind(count, bound.toArray());
      try (var row = count.executeQuery()) {
        if (row.next() && row.getInt(1) <= FEW_MAX) {
          return true;
        }
      }
    }
    return false;
  }

  private void andNumber(String digits) {
    if (digits.length() < INDEXED_DIGITS_MIN) {
      and("(digits LIKE ? OR digits LIKE ?)", "%|" + digits + "%", "%" + digits + "|%");
      return;
    }
    var forwards = CallRows.forwards(digits);
    var backwards = CallRows.backwards(digits);
    andFound(
        """
        SELECT uid FROM call_number WHERE company = ? AND digits >= ? AND digits < ?
        UNION ALL SELECT uid FROM call_number WHERE company = ? AND digits >= ? AND digits < ?
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
    andFound(
        "SELECT uid FROM call_term WHERE company = ? AND term >= ? AND term < ?",
        query.company().bits(),
        beginning,
        beginning + LAST_CHARACTER);
  }

  /** Only calls whose uid this finds. */
  private void andFound(String uids, Object... bound) {
    lookups.add(new Lookup(uids, List.of(bound)));
    and("uid IN (" + uids + ")", bound);
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
