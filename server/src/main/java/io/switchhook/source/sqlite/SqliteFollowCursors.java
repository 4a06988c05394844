package io.switchhook.source.sqlite;

import io.switchhook.source.FollowCursors;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Schema;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follow cursors in a shared file, one row for each follower and partition. */
public final class SqliteFollowCursors implements FollowCursors {
  private static final Schema SCHEMA =
      new Schema(
          "follow",
          List.of(
              """
              CREATE TABLE follow_cursor (
                follower TEXT NOT NULL,
                partition INTEGER NOT NULL,
                next_offset INTEGER NOT NULL,
                PRIMARY KEY (follower, partition)
              ) STRICT, WITHOUT ROWID;
              """));

  private final Database database;
  private final String follower;

  /** Brings its table into {@code database}; {@code follower} tells followers apart. */
  public SqliteFollowCursors(Database database, String follower) {
    this.database = database;
    this.follower = follower;
    database.install(SCHEMA);
  }

  @Override
  public Map<Integer, Long> load() {
    return database.read(
        session -> {
          var rows =
              session.prepared(
                  "SELECT partition, next_offset FROM follow_cursor WHERE follower = ?");
          rows.setString(1, follower);
          var nextOffsets = new HashMap<Integer, Long>();
          try (var result = rows.executeQuery()) {
            while (result.next()) {
              nextOffsets.put(result.getInt(1), result.getLong(2));
            }
          }
          return nextOffsets;
        });
  }

  @Override
  public void store(Map<Integer, Long> nextOffsets) {
    database.writeNow(
        session -> {
          for (var cursor : nextOffsets.entrySet()) {
            put(
                session.prepared(
                    "INSERT INTO follow_cursor (follower, partition, next_offset) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset"),
                cursor.getKey(),
                cursor.getValue());
          }
          return nextOffsets;
        });
  }

  private void put(PreparedStatement row, int partition, long nextOffset) throws SQLException {
    row.setString(1, follower);
    row.setInt(2, partition);
    row.setLong(3, nextOffset);
    row.executeUpdate();
  }
}
