package io.switchhook.delivery.sqlite;

import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.sqlite.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lanes as rows of the table 'lane'. */
final class LaneRows {
  private static final String PUT =
      """
      INSERT INTO lane
        (partition, webhook, replay, company, uid, head, attempts, next_at, previous, skipped)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (partition, webhook, replay, company, uid) DO UPDATE SET
        head = excluded.head, attempts = excluded.attempts, next_at = excluded.next_at,
        previous = excluded.previous, skipped = excluded.skipped
      WHERE (head, attempts, next_at, previous, skipped)
        <> (excluded.head, excluded.attempts, excluded.next_at, excluded.previous, excluded.skipped)
      """;
  private static final String DELETE =
      "DELETE FROM lane WHERE partition = ? AND webhook = ? AND replay = ? AND company = ? AND uid = ?";
  private static final String READ =
      """
      SELECT webhook, replay, company, uid, head, attempts, next_at, previous, skipped
      FROM lane WHERE partition = ?
      """;

  private LaneRows() {}

  static void put(Session session, int partition, LaneRow lane) throws SQLException {
    var put = session.prepared(PUT);
    bind(put, partition, lane.key());
    put.setLong(6, lane.head());
    put.setInt(7, lane.attempts());
    put.setLong(8, lane.nextAt().toEpochMilli());
    put.setInt(9, lane.previous());
    put.setInt(10, lane.skipped());
    put.executeUpdate();
  }

  static void delete(Session session, int partition, LaneKey key) throws SQLException {
    var delete = session.prepared(DELETE);
    bind(delete, partition, key);
    delete.executeUpdate();
  }

  private static void bind(PreparedStatement statement, int partition, LaneKey key)
      throws SQLException {
    statement.setInt(1, partition);
    statement.setString(2, key.webhook().value());
    statement.setString(3, FeedCursors.replay(key.feed()));
    statement.setLong(4, key.call().company().bits());
    statement.setString(5, key.call().uid());
  }

  /** The lanes of a partition in the order of their keys, whatever order the store has them in. */
  static List<LaneRow> read(Session session, int partition) throws SQLException {
    var lanes = new ArrayList<LaneRow>();
    var select = session.prepared(READ);
    select.setInt(1, partition);
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var call = new CallId(CompanyId.ofBits(row.getLong(3)), row.getString(4));
        lanes.add(
            new LaneRow(
                new LaneKey(FeedCursors.feed(row.getString(1), row.getString(2)), call),
                row.getLong(5),
                row.getInt(6),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getInt(8),
                row.getInt(9)));
      }
    }
    lanes.sort(Comparator.comparing(LaneRow::key));
    return lanes;
  }
}
