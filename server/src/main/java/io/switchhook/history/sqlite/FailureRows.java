package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.EventRef;
import io.switchhook.history.Failure;
import io.switchhook.history.FailureFilter;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.sqlite.DeliveryRows.NumberedWebhook;
import io.switchhook.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which deliveries of a day fail: numbered, so that a row of an index is short. */
final class FailureRows {
  /** Stands for every way that is not known, and for all that come when there are this many. */
  static final int UNKNOWN = 0;

  /** More ways are not told apart. */
  static final int COUNT_MAX = 1_000;

  private final Session session;
  private final Map<Failure, Integer> known = new HashMap<>();

  FailureRows(Session session) {
    this.session = session;
  }

  /** The number of the way in which the last attempt at this delivery failed. */
  int ofLastAttempt(int webhook, EventRef event) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT status, words FROM attempt WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            ORDER BY started_at DESC, number DESC LIMIT 1
            """);
    bind(select, webhook, event.acceptedAt(), event.partition(), event.offset());
    try (var row = select.executeQuery()) {
      return row.next() ? numberOf(failure(row)) : UNKNOWN;
    }
  }

  private static Failure failure(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    return new Failure(status == 0 ? null : status, row.getString("words"));
  }

  private int numberOf(Failure failure) throws SQLException {
    var number = known.get(failure);
    if (number == null) {
      number = stored(failure);
      known.put(failure, number);
    }
    return number;
  }

  private int stored(Failure failure) throws SQLException {
    int status = failure.status() == null ? 0 : failure.status();
    var insert =
        session.prepared(
            """
            INSERT OR IGNORE INTO failure (status, words) SELECT ?, ? WHERE (SELECT count(*) FROM failure) < ?
            """);
    bind(insert, status, failure.words(), COUNT_MAX);
    insert.executeUpdate();
    var select = session.prepared("SELECT no FROM failure WHERE words = ? AND status = ?");
    bind(select, failure.words(), status);
    try (var row = select.executeQuery()) {
      return row.next() ? row.getInt("no") : UNKNOWN;
    }
  }

  /** The ways that a filter is about, by number. */
  Map<Integer, Failure> fitting(@Nullable FailureFilter filter) throws SQLException {
    var all = new HashMap<Integer, Failure>();
    try (var row = session.prepared("SELECT no, status, words FROM failure").executeQuery()) {
      while (row.next()) {
        var failure = failure(row);
        if (filter == null || filter.fits(failure)) {
          all.put(row.getInt("no"), failure);
        }
      }
    }
    return all;
  }

  /** What a query asks for of this webhook, counted. */
  List<FailureGroup> groups(DeliveryQuery query, NumberedWebhook webhook) throws SQLException {
    var ways = fitting(query.failure());
    var sql =
        new StringBuilder(
            "SELECT failure, outcome, count(*) AS deliveries, max(accepted_at) AS newest"
                + " FROM delivery INDEXED BY delivery_failure"
                + " WHERE webhook = ? AND failure IS NOT NULL");
    var values = new ArrayList<@Nullable Object>();
    values.add(webhook.number());
    if (query.outcome() != null) {
      sql.append(" AND outcome = ?");
      values.add(query.outcome().code());
    }
    if (query.from() != null) {
      sql.append(" AND accepted_at >= ?");
      values.add(query.from());
    }
    if (query.to() != null) {
      sql.append(" AND accepted_at < ?");
      values.add(query.to());
    }
    var select = session.prepared(sql.append(" GROUP BY failure, outcome").toString());
    bind(select, values.toArray());
    var groups = new ArrayList<FailureGroup>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var failure = ways.get(row.getInt("failure"));
        if (failure != null) {
          groups.add(
              new FailureGroup(
                  webhook.id(),
                  DeliveryOutcome.ofCode(row.getInt("outcome")),
                  failure,
                  row.getLong("deliveries"),
                  Instant.ofEpochMilli(row.getLong("newest"))));
        }
      }
    }
    return groups;
  }
}
