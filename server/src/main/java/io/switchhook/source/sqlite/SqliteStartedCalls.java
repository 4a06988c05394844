package io.switchhook.source.sqlite;

import io.switchhook.event.CompanyId;
import io.switchhook.source.StartedCalls;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Schema;
import io.switchhook.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Calls that were asked for, in a table of {@code state.db}. */
public final class SqliteStartedCalls implements StartedCalls {
  /** What is older than this is never asked for again. */
  private static final long KEPT_MILLIS = 7L * 24 * 60 * 60 * 1000;

  private static final Schema SCHEMA =
      new Schema(
          "started-calls",
          List.of(
              """
              CREATE TABLE started_call (
                reference_id TEXT PRIMARY KEY,
                company TEXT NOT NULL,
                source TEXT NOT NULL,
                client_ref_id TEXT NOT NULL,
                asked_at INTEGER NOT NULL,
                request TEXT NOT NULL
              ) STRICT;
              CREATE INDEX started_call_client ON started_call (company, client_ref_id, asked_at);
              CREATE INDEX started_call_age ON started_call (asked_at);
              """));

  private static final String COLUMNS =
      "SELECT company, source, client_ref_id, reference_id, asked_at, request FROM started_call";

  private final Database database;

  /** Brings its table into {@code database}. */
  public SqliteStartedCalls(Database database) {
    this.database = database;
    database.install(SCHEMA);
  }

  @Override
  public CompletionStage<Optional<Entry>> keep(Entry entry, Instant since) {
    return database.submit(
        session -> {
          var before = sameReference(session, entry, since);
          if (before.isEmpty()) {
            insert(session, entry);
            dropOld(session, entry.askedAt());
          }
          return before;
        });
  }

  private static Optional<Entry> sameReference(Session session, Entry entry, Instant since)
      throws SQLException {
    if (entry.clientRefId().isEmpty()) {
      return Optional.empty();
    }
    var rows =
        session.prepared(
            COLUMNS + " WHERE company = ? AND client_ref_id = ? AND asked_at > ? LIMIT 1");
    rows.setString(1, entry.company().hex());
    rows.setString(2, entry.clientRefId());
    rows.setLong(3, since.toEpochMilli());
    return read(rows.executeQuery()).stream().findFirst();
  }

  private static void insert(Session session, Entry entry) throws SQLException {
    var row =
        session.prepared(
            "INSERT INTO started_call (company, source, client_ref_id, reference_id, asked_at,"
                + " request) VALUES (?, ?, ?, ?, ?, ?)");
    row.setString(1, entry.company().hex());
    row.setString(2, entry.source());
    row.setString(3, entry.clientRefId());
    row.setString(4, entry.referenceId());
    row.setLong(5, entry.askedAt().toEpochMilli());
    row.setString(6, entry.request());
    row.executeUpdate();
  }

  private static void dropOld(Session session, Instant now) throws SQLException {
    var rows = session.prepared("DELETE FROM started_call WHERE asked_at < ?");
    rows.setLong(1, now.toEpochMilli() - KEPT_MILLIS);
    rows.executeUpdate();
  }

  @Override
  public CompletionStage<Void> forget(String referenceId) {
    return database
        .submit(
            session -> {
              var row = session.prepared("DELETE FROM started_call WHERE reference_id = ?");
              row.setString(1, referenceId);
              return row.executeUpdate();
            })
        .thenAccept(_ -> {});
  }

  @Override
  public List<Entry> of(String source, Instant since) {
    return database.read(
        session -> {
          var rows =
              session.prepared(COLUMNS + " WHERE asked_at > ? AND source = ? ORDER BY asked_at");
          rows.setLong(1, since.toEpochMilli());
          rows.setString(2, source);
          return read(rows.executeQuery());
        });
  }

  private static List<Entry> read(ResultSet rows) throws SQLException {
    var entries = new ArrayList<Entry>();
    try (rows) {
      while (rows.next()) {
        entries.add(
            new Entry(
                new CompanyId(rows.getString(1)),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                rows.getString(6)));
      }
    }
    return entries;
  }
}
