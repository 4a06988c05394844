package io.switchhook.runtime;

import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keeps the {@link RetentionPace} in {@code state.db}. */
final class RetentionState {
  private static final Schema SCHEMA =
      new Schema(
          "retention",
          List.of(
              """
              -- One row: how long the server ran since it began to drop a day, and which day is being dropped.
              CREATE TABLE retention_pace (
                id         INTEGER PRIMARY KEY CHECK (id = 1),
                ran_millis INTEGER NOT NULL,
                dropping   INTEGER -- its first millisecond since 1970
              ) STRICT;
              """));

  private final Database database;

  /** Brings its table into {@code database}. */
  RetentionState(Database database) {
    this.database = database;
    database.install(SCHEMA);
  }

  RetentionPace load() {
    return database.read(
        session -> {
          try (var row =
              session.prepared("SELECT ran_millis, dropping FROM retention_pace").executeQuery()) {
            if (!row.next()) {
              return RetentionPace.FIRST;
            }
            var ran = Duration.ofMillis(row.getLong(1));
            long dropping = row.getLong(2);
            return new RetentionPace(ran, row.wasNull() ? null : Instant.ofEpochMilli(dropping));
          }
        });
  }

  /** Durable when it returns. */
  void store(RetentionPace pace) {
    var dropping = pace.dropping();
    database.writeNow(
        session -> {
          var put =
              session.prepared(
                  "INSERT OR REPLACE INTO retention_pace (id, ran_millis, dropping) VALUES (1, ?, ?)");
          put.setLong(1, pace.ran().toMillis());
          if (dropping == null) {
            put.setNull(2, java.sql.Types.INTEGER);
          } else {
            put.setLong(2, dropping.toEpochMilli());
          }
          return put.executeUpdate();
        });
  }
}
