package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.journal.sqlite.Runs.Run;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads which runs of offsets a segment's file holds. */
final class StoredRuns {
  private static final String BASES =
      "SELECT partition, base_offset FROM base ORDER BY partition, base_offset";
  private static final String LAST =
      "SELECT max(offset) FROM record WHERE partition = ? AND offset >= ? AND offset < ?";

  private StoredRuns() {}

  static Runs read(Session session) throws SQLException {
    var bases = bases(session);
    var partitions = new ArrayList<List<Run>>();
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      var starts = bases.get(partition);
      if (starts.isEmpty()) {
        throw new SQLException("partition " + partition + " has no base offset");
      }
      var runs = new ArrayList<Run>();
      for (int i = 0; i < starts.size(); i++) {
        long next = i + 1 < starts.size() ? starts.get(i + 1) : Long.MAX_VALUE;
        runs.add(new Run(starts.get(i), end(session, partition, new Run(starts.get(i), next))));
      }
      partitions.add(runs);
    }
    return new Runs(partitions);
  }

  private static List<List<Long>> bases(Session session) throws SQLException {
    var bases = new ArrayList<List<Long>>();
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      bases.add(new ArrayList<>());
    }
    try (var row = session.prepared(BASES).executeQuery()) {
      while (row.next()) {
        int partition = row.getInt(1);
        if (partition < 0 || partition >= PARTITION_COUNT) {
          throw new SQLException("there is no partition " + partition);
        }
        bases.get(partition).add(row.getLong(2));
      }
    }
    return bases;
  }

  private static long end(Session session, int partition, Run within) throws SQLException {
    var select = session.prepared(LAST);
    select.setInt(1, partition);
    select.setLong(2, within.start());
    select.setLong(3, within.end());
    try (var row = select.executeQuery()) {
      row.next();
      long last = row.getLong(1);
      return row.wasNull() ? within.start() : last + 1;
    }
  }

  /**
   * The time at which the segment's last record was accepted, in milliseconds; 0 when it has none.
   */
  static long newestMillis(Session session) throws SQLException {
    try (var row =
        session
            .prepared("SELECT accepted_at FROM record ORDER BY rowid DESC LIMIT 1")
            .executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
