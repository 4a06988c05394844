package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;
import static io.switchhook.history.sqlite.Columns.integer;

import io.switchhook.event.CallId;
import io.switchhook.history.CallFacts;
import io.switchhook.history.CallTerms;
import io.switchhook.history.Change;
import io.switchhook.history.ListedCall;
import io.switchhook.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls that began on a file's day, and their numbers. */
final class CallRows {
  private final Session session;

  CallRows(Session session) {
    this.session = session;
  }

  void fold(CallId call, List<Change.Heard> heard) throws SQLException {
    var before = find(call);
    var state = before;
    for (var one : heard) {
      state = state == null ? ListedCall.of(one) : state.after(one);
    }
    if (state == null || state.equals(before)) {
      return;
    }
    put(call, state);
    putTerms(call, heard);
    var known = before == null ? Set.<String>of() : numbers(before.facts());
    var now = numbers(state.facts());
    for (var digits : now) {
      if (!known.contains(digits)) {
        change(
            "INSERT OR IGNORE INTO call_number (company, digits, uid) VALUES (?, ?, ?)",
            call,
            digits);
      }
    }
    for (var digits : known) {
      if (!now.contains(digits)) {
        change(
            "DELETE FROM call_number WHERE company = ? AND digits = ? AND uid = ?", call, digits);
      }
    }
  }

  /** Whoever had a part in a call is found by it, also when others followed. */
  private void putTerms(CallId call, List<Change.Heard> heard) throws SQLException {
    var terms = new LinkedHashSet<String>();
    heard.forEach(one -> terms.addAll(CallTerms.of(one.facts())));
    for (var term : terms) {
      change("INSERT OR IGNORE INTO call_term (company, term, uid) VALUES (?, ?, ?)", call, term);
    }
  }

  @Nullable ListedCall find(CallId call) throws SQLException {
    var select = session.prepared("SELECT * FROM call WHERE company = ? AND uid = ?");
    bind(select, call.company().bits(), call.uid());
    try (var row = select.executeQuery()) {
      return row.next() ? state(row) : null;
    }
  }

  static ListedCall state(ResultSet row) throws SQLException {
    return new ListedCall(
        Instant.ofEpochMilli(row.getLong("started_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getLong("last_offset"),
        row.getInt("events"),
        new CallFacts(
            integer(row, "state"),
            integer(row, "direction"),
            row.getString("status"),
            row.getString("clid"),
            row.getString("clid_raw"),
            row.getString("rdnis"),
            Columns.ofLines(row.getString("users")),
            Columns.ofLines(row.getString("refs"))));
  }

  private void put(CallId call, ListedCall state) throws SQLException {
    var put =
        session.prepared(
            """
            INSERT OR REPLACE INTO call (company, uid, started_at, last_at, last_offset, events, state, direction, status,
              clid, clid_raw, rdnis, users, digits, refs)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    var facts = state.facts();
    bind(
        put,
        call.company().bits(),
        call.uid(),
        state.startedAt(),
        state.lastAt(),
        state.lastOffset(),
        state.events(),
        facts.state(),
        facts.direction(),
        facts.status(),
        facts.clid(),
        facts.clidRaw(),
        facts.rdnis(),
        Columns.lines(facts.users()),
        "|" + String.join("|", digits(facts)) + "|",
        Columns.lines(facts.references()));
    put.executeUpdate();
  }

  private void change(String sql, CallId call, String word) throws SQLException {
    var statement = session.prepared(sql);
    bind(statement, call.company().bits(), word, call.uid());
    statement.executeUpdate();
  }

  /** The numbers as rows of call_number. */
  private static Set<String> numbers(CallFacts facts) {
    var numbers = new LinkedHashSet<String>();
    for (var digits : digits(facts)) {
      numbers.add(forwards(digits));
      numbers.add(backwards(digits));
    }
    return numbers;
  }

  private static Set<String> digits(CallFacts facts) {
    var digits = new LinkedHashSet<String>();
    Stream.of(facts.clidRaw(), facts.clid())
        .filter(Objects::nonNull)
        .map(ListedCall::digits)
        .filter(number -> !number.isEmpty())
        .forEach(digits::add);
    return digits;
  }

  static String forwards(String digits) {
    return "f" + digits;
  }

  static String backwards(String digits) {
    return "r" + new StringBuilder(digits).reverse();
  }
}
