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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls that began on a file's day, and their numbers. */
final class CallRows {
  // What an update may set beside what each event changes: their sum is the place of its text.
  private static final int STATE = 1;
  private static final int START = 2;
  private static final int PARTIES = 4;
  private static final List<String> UPDATES = updates();
  private static final int UPDATED_COLUMNS_MAX = 15;

  private final Session session;

  CallRows(Session session) {
    this.session = session;
  }

  /**
   * Makes a call what it is now that this was heard of it.
   *
   * @param known calls as they stand in the file; the call is put there
   */
  void fold(Map<CallId, ListedCall> known, CallId call, List<Change.Heard> heard)
      throws SQLException {
    var before = known.get(call);
    if (before == null) {
      var fresh = after(null, heard);
      // A call that is not known is hardly ever there: to try is cheaper than to look.
      if (insert(call, fresh)) {
        known.put(call, fresh);
        putNumbers(call, Set.of(), numbers(fresh.facts()));
        putTerms(call, CallFacts.NONE, heard);
        return;
      }
      before = find(call);
    }
    var state = after(before, heard);
    known.put(call, state);
    if (before == null || state.equals(before)) {
      return;
    }
    update(call, before, state);
    putTerms(call, before.facts(), heard);
    if (!hasNumbersOf(state.facts(), before.facts())) {
      var now = numbers(state.facts());
      putNumbers(call, numbers(before.facts()), now);
      removeNumbers(call, before.facts(), now);
    }
  }

  private static ListedCall after(@Nullable ListedCall before, List<Change.Heard> heard) {
    var state = before == null ? ListedCall.of(heard.getFirst()) : before;
    for (var one : heard) {
      state = state.after(one);
    }
    return state;
  }

  private static boolean hasNumbersOf(CallFacts one, CallFacts other) {
    return Objects.equals(one.clid(), other.clid())
        && Objects.equals(one.clidRaw(), other.clidRaw());
  }

  private void putNumbers(CallId call, Set<String> known, Set<String> now) throws SQLException {
    for (var number : now) {
      if (!known.contains(number)) {
        change(
            "INSERT OR IGNORE INTO call_number (company, digits, uid) VALUES (?, ?, ?)",
            call,
            number);
      }
    }
  }

  /** Those that were written before some were left out, too. */
  private void removeNumbers(CallId call, CallFacts before, Set<String> now) throws SQLException {
    for (var digits : digits(before)) {
      for (var number : List.of(forwards(digits), backwards(digits))) {
        if (!now.contains(number)) {
          change(
              "DELETE FROM call_number WHERE company = ? AND digits = ? AND uid = ?", call, number);
        }
      }
    }
  }

  /** Whoever had a part in a call is found by it, also when others followed. */
  private void putTerms(CallId call, CallFacts before, List<Change.Heard> heard)
      throws SQLException {
    var terms = new LinkedHashSet<String>();
    for (var one : heard) {
      if (!one.facts().users().equals(before.users())
          || !one.facts().references().equals(before.references())) {
        terms.addAll(CallTerms.of(one.facts()));
      }
    }
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

  /** Returns false when there is a row already. */
  private boolean insert(CallId call, ListedCall state) throws SQLException {
    var insert =
        session.prepared(
            """
            INSERT OR IGNORE INTO call (company, uid, started_at, last_at, last_offset, events, state, direction, status,
              clid, clid_raw, rdnis, users, digits, refs)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    var facts = state.facts();
    bind(
        insert,
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
        digitsColumn(facts),
        Columns.lines(facts.references()));
    return insert.executeUpdate() == 1;
  }

  /** Names only columns that changed where an index, or much text, hangs on them. */
  private void update(CallId call, ListedCall before, ListedCall now) throws SQLException {
    var facts = now.facts();
    boolean hasState = !Objects.equals(facts.state(), before.facts().state());
    boolean hasStart = !now.startedAt().equals(before.startedAt());
    boolean hasParties = !hasSameParties(facts, before.facts());
    var values = new ArrayList<@Nullable Object>(UPDATED_COLUMNS_MAX);
    values.add(now.lastAt());
    values.add(now.lastOffset());
    values.add(now.events());
    values.add(facts.status());
    if (hasState) {
      values.add(facts.state());
    }
    if (hasStart) {
      values.add(now.startedAt());
    }
    if (hasParties) {
      values.add(facts.direction());
      values.add(facts.clid());
      values.add(facts.clidRaw());
      values.add(facts.rdnis());
      values.add(Columns.lines(facts.users()));
      values.add(digitsColumn(facts));
      values.add(Columns.lines(facts.references()));
    }
    values.add(call.company().bits());
    values.add(call.uid());
    var update = session.prepared(UPDATES.get(place(hasState, hasStart, hasParties)));
    bind(update, values.toArray());
    update.executeUpdate();
  }

  private static List<String> updates() {
    var updates = new ArrayList<String>();
    for (int place = 0; place <= place(true, true, true); place++) {
      updates.add(
          "UPDATE call SET last_at = ?, last_offset = ?, events = ?, status = ?"
              + ((place & STATE) == 0 ? "" : ", state = ?")
              + ((place & START) == 0 ? "" : ", started_at = ?")
              + ((place & PARTIES) == 0
                  ? ""
                  : ", direction = ?, clid = ?, clid_raw = ?, rdnis = ?, users = ?, digits = ?, refs = ?")
              + " WHERE company = ? AND uid = ?");
    }
    return updates;
  }

  private static int place(boolean hasState, boolean hasStart, boolean hasParties) {
    return (hasState ? STATE : 0) | (hasStart ? START : 0) | (hasParties ? PARTIES : 0);
  }

  private static boolean hasSameParties(CallFacts one, CallFacts other) {
    return hasNumbersOf(one, other)
        && Objects.equals(one.direction(), other.direction())
        && Objects.equals(one.rdnis(), other.rdnis())
        && one.users().equals(other.users())
        && one.references().equals(other.references());
  }

  private static String digitsColumn(CallFacts facts) {
    return "|" + String.join("|", digits(facts)) + "|";
  }

  private void change(String sql, CallId call, String word) throws SQLException {
    var statement = session.prepared(sql);
    bind(statement, call.company().bits(), word, call.uid());
    statement.executeUpdate();
  }

  /** The numbers as rows of call_number: backwards only what is not the end of another one. */
  private static Set<String> numbers(CallFacts facts) {
    var all = digits(facts);
    var numbers = new LinkedHashSet<String>();
    for (var digits : all) {
      numbers.add(forwards(digits));
      if (all.stream().noneMatch(other -> !other.equals(digits) && other.endsWith(digits))) {
        numbers.add(backwards(digits));
      }
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
