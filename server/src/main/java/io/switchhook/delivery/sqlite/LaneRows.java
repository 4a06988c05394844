package io.switchhook.delivery.sqlite;

import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lanes as rows of the table 'lane'. */
final class LaneRows {
  private static final String PUT =
      """
      INSERT INTO lane (partition, webhook, company, uid, head, attempts, next_at, previous, skipped)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (partition, webhook, company, uid) DO UPDATE SET
        head = excluded.head, attempts = excluded.attempts, next_at = excluded.next_at,
        previous = excluded.previous, skipped = excluded.skipped
      WHERE (head, attempts, next_at, previous, skipped)
        <> (excluded.head, excluded.attempts, excluded.next_at, excluded.previous, excluded.skipped)
      """;
  private static final String DELETE =
      "DELETE FROM lane WHERE partition = ? AND webhook = ? AND company = ? AND uid = ?";
  private static final String READ =
      """
      SELECT webhook, company, uid, head, attempts, next_at, previous, skipped
      FROM lane WHERE partition = ?
      """;

  private LaneRows() {}

  static void put(Session session, int partition, LaneRow lane) throws SQLException {
    var put = session.prepared(PUT);
    put.setInt(1, partition);
    put.setString(2, lane.key().webhook().value());
    put.setLong(3, lane.key().call().company().bits());
    put.setString(4, lane.key().call().uid());
    put.setLong(5, lane.head());
    put.setInt(6, lane.attempts());
    put.setLong(7, lane.nextAt().toEpochMilli());
    put.setInt(8, lane.previous());
    put.setInt(9, lane.skipped());
    put.executeUpdate();
  }

  static void delete(Session session, int partition, LaneKey key) throws SQLException {
    var delete = session.prepared(DELETE);
    delete.setInt(1, partition);
    delete.setString(2, key.webhook().value());
    delete.setLong(3, key.call().company().bits());
    delete.setString(4, key.call().uid());
    delete.executeUpdate();
  }

  /** The lanes of a partition in the order of their keys, whatever order the store has them in. */
  static List<LaneRow> read(Session session, int partition) throws SQLException {
    var lanes = new ArrayList<LaneRow>();
    var select = session.prepared(READ);
    select.setInt(1, partition);
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var call = new CallId(CompanyId.ofBits(row.getLong(2)), row.getString(3));
        lanes.add(
            new LaneRow(
                new LaneKey(new WebhookId(row.getString(1)), call),
                row.getLong(4),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7),
                row.getInt(8)));
      }
    }
    lanes.sort(Comparator.comparing(LaneRow::key));
    return lanes;
  }
}
