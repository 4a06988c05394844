package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;
import static io.switchhook.history.sqlite.Columns.integer;

import io.switchhook.history.AttemptFigures.Tried;
import io.switchhook.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the latest attempts at a webhook in a day's file: status and length alone. */
final class LatestAttempts {
  /** Among more deliveries it is not looked for those that were delivered at once. */
  static final int DELIVERIES_MAX = 20_000;

  private final Session session;
  private final int webhook;

  /** Where an attempt stands: by its event, then by itself. */
  private record Place(long acceptedAt, int partition, long offset, long startedAt, int number)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::acceptedAt)
            .thenComparingInt(Place::partition)
            .thenComparingLong(Place::offset)
            .thenComparingLong(Place::startedAt)
            .thenComparingInt(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  LatestAttempts(Session session, int webhook) {
    this.session = session;
    this.webhook = webhook;
  }

  /** At most so many, the last one at the newest event first. */
  List<Tried> find(Instant from, int max) throws SQLException {
    var all = new TreeMap<Place, Tried>(Comparator.reverseOrder());
    addFirst(all, from, max);
    addOthers(all, from, max);
    return new ArrayList<>(all.values()).subList(0, Math.min(max, all.size()));
  }

  private void addFirst(SortedMap<Place, Tried> all, Instant from, int max) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT accepted_at, partition, offset, first FROM (
              SELECT accepted_at, partition, offset, first FROM delivery WHERE webhook = ? AND accepted_at >= ?
              ORDER BY accepted_at DESC, partition DESC, offset DESC LIMIT ?
            ) WHERE first IS NOT NULL LIMIT ?
            """);
    bind(select, webhook, from, DELIVERIES_MAX, max);
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var acceptedAt = Instant.ofEpochMilli(row.getLong("accepted_at"));
        var first = new FirstAttempt(row.getBytes("first"), acceptedAt);
        all.put(place(row, first.startedAt.toEpochMilli(), first.number), first.tried);
      }
    }
  }

  private void addOthers(SortedMap<Place, Tried> all, Instant from, int max) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT accepted_at, partition, offset, started_at, number, status, took_us
            FROM attempt WHERE webhook = ? AND accepted_at >= ?
            ORDER BY accepted_at DESC, partition DESC, offset DESC, started_at DESC, number DESC LIMIT ?
            """);
    bind(select, webhook, from, max);
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var took = Duration.ofNanos(row.getLong("took_us") * 1_000);
        all.put(
            place(row, row.getLong("started_at"), row.getInt("number")),
            new Tried(integer(row, "status"), took));
      }
    }
  }

  private static Place place(ResultSet row, long startedAt, int number) throws SQLException {
    return new Place(
        row.getLong("accepted_at"),
        row.getInt("partition"),
        row.getLong("offset"),
        startedAt,
        number);
  }
}
