package io.switchhook.source.myoperator.sqlite;

import io.switchhook.event.Bytes;
import io.switchhook.source.DoorAnswer;
import io.switchhook.source.myoperator.Inbox;
import io.switchhook.source.myoperator.KeptRequest;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.sqlite.Schema;
import io.switchhook.sqlite.Session;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An inbox in a file of its own, written with group commit. */
public final class SqliteInbox implements Inbox {
  private static final String FILE = "inbox.db";
  private static final int WAITING = 0;
  private static final int UNREAD = 1;
  private static final Duration AFTER_DISK_FULL = Duration.ofSeconds(30);
  private static final Duration AFTER_BUSY = Duration.ofSeconds(1);
  private static final Duration AFTER_CLOSING = Duration.ofSeconds(5);

  private static final Schema SCHEMA =
      new Schema(
          "inbox",
          List.of(
              """
              CREATE TABLE inbox_request (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again
                state INTEGER NOT NULL,
                received_at INTEGER NOT NULL,
                method TEXT NOT NULL,
                query TEXT NOT NULL,
                content_type TEXT NOT NULL,
                body BLOB NOT NULL,
                reason TEXT NOT NULL
              ) STRICT;
              CREATE INDEX inbox_request_state ON inbox_request (state, id, length(body));
              CREATE TABLE inbox_call (
                uid TEXT NOT NULL PRIMARY KEY,
                memory TEXT NOT NULL,
                touched_at INTEGER NOT NULL
              ) STRICT, WITHOUT ROWID;
              CREATE INDEX inbox_call_touched ON inbox_call (touched_at);
              """));

  private static final String COLUMNS =
      "id, received_at, method, query, content_type, body, reason";

  private final Database database;
  private final AtomicLong lastId;

  private SqliteInbox(Database database, long lastId) {
    this.database = database;
    this.lastId = new AtomicLong(lastId);
  }

  /**
   * Opens the inbox of a source's folder, and makes it when there is none.
   *
   * @param onFatal told when the file broke under a write: the process must then end
   */
  public static SqliteInbox open(Path folder, Consumer<Throwable> onFatal) {
    var database = Database.open(DatabaseSettings.of(folder.resolve(FILE), onFatal));
    database.install(SCHEMA);
    long last =
        database.read(session -> session.number("SELECT coalesce(max(id), 0) FROM inbox_request"));
    return new SqliteInbox(database, last);
  }

  @Override
  public CompletionStage<Kept> keep(KeptRequest request) {
    return keep(WAITING, request, "");
  }

  @Override
  public CompletionStage<Kept> keepUnread(KeptRequest request, String reason) {
    return keep(UNREAD, request, reason);
  }

  private CompletionStage<Kept> keep(int state, KeptRequest request, String reason) {
    long id = lastId.incrementAndGet();
    return database
        .submit(
            session -> {
              insert(session, state, new Row(id, request, reason));
              if (state == UNREAD) {
                dropTooMany(session);
              }
              return id;
            })
        .handle(
            (done, failure) ->
                failure == null ? new Kept.Durable(done) : new Kept.Refused(refusal(failure)));
  }

  private static void insert(Session session, int state, Row row) throws SQLException {
    var request = row.request();
    var insert =
        session.prepared(
            "INSERT INTO inbox_request (id, state, received_at, method, query, content_type, body,"
                + " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert.setLong(1, row.id());
    insert.setInt(2, state);
    insert.setLong(3, request.receivedAt().toEpochMilli());
    insert.setString(4, request.method());
    insert.setString(5, request.rawQuery());
    insert.setString(6, request.contentType());
    insert.setBytes(7, request.body().array());
    insert.setString(8, row.reason());
    insert.executeUpdate();
  }

  /** The oldest go, until what is left keeps both limits. */
  private static void dropTooMany(Session session) throws SQLException {
    long count = 0;
    long bytes = 0;
    long dropUpTo = 0;
    var rows =
        session.prepared(
            "SELECT id, length(body) FROM inbox_request WHERE state = 1 ORDER BY id DESC");
    try (var result = rows.executeQuery()) {
      while (result.next() && dropUpTo == 0) {
        count++;
        bytes += result.getLong(2);
        if (count > UNREAD_MAX || bytes > UNREAD_BYTES_MAX) {
          dropUpTo = result.getLong(1);
        }
      }
    }
    if (dropUpTo > 0) {
      var delete = session.prepared("DELETE FROM inbox_request WHERE state = 1 AND id <= ?");
      delete.setLong(1, dropUpTo);
      delete.executeUpdate();
    }
  }

  private static DoorAnswer.Unavailable refusal(Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return switch (cause) {
      case DatabaseException.DiskFull _ ->
          new DoorAnswer.Unavailable("The disk of the data folder is full.", AFTER_DISK_FULL);
      case DatabaseException.Busy _ ->
          new DoorAnswer.Unavailable("More comes than the disk can write.", AFTER_BUSY);
      case DatabaseException.Closed _ ->
          new DoorAnswer.Unavailable("The server is stopping.", AFTER_CLOSING);
      case null, default ->
          new DoorAnswer.Unavailable(
              "The inbox failed, and it is not known whether the request was kept.", AFTER_CLOSING);
    };
  }

  @Override
  public boolean told(List<Long> ids, Map<String, String> memories, Instant now) {
    try {
      database.writeNow(
          session -> {
            for (long id : ids) {
              delete(session, id);
            }
            for (var memory : memories.entrySet()) {
              remember(session, memory.getKey(), memory.getValue(), now);
            }
            return ids;
          });
      return true;
    } catch (DatabaseException.DiskFull | DatabaseException.Busy _) {
      return false;
    }
  }

  private static void delete(Session session, long id) throws SQLException {
    var delete = session.prepared("DELETE FROM inbox_request WHERE id = ?");
    delete.setLong(1, id);
    delete.executeUpdate();
  }

  private static void remember(Session session, String uid, String memory, Instant now)
      throws SQLException {
    var put =
        session.prepared(
            "INSERT INTO inbox_call (uid, memory, touched_at) VALUES (?, ?, ?) ON CONFLICT DO"
                + " UPDATE SET memory = excluded.memory, touched_at = excluded.touched_at");
    put.setString(1, uid);
    put.setString(2, memory);
    put.setLong(3, now.toEpochMilli());
    put.executeUpdate();
  }

  @Override
  public List<Row> waiting(long afterId, int max) {
    return database.read(
        session ->
            rows(
                session.prepared(
                    "SELECT "
                        + COLUMNS
                        + " FROM inbox_request WHERE state = 0 AND id > ? ORDER BY id LIMIT ?"),
                afterId,
                max));
  }

  @Override
  public List<Row> unread(long beforeId, int max) {
    return database.read(
        session ->
            rows(
                session.prepared(
                    "SELECT "
                        + COLUMNS
                        + " FROM inbox_request WHERE state = 1 AND id < ? ORDER BY id DESC LIMIT ?"),
                beforeId,
                max));
  }

  private static List<Row> rows(PreparedStatement query, long fromId, int max) throws SQLException {
    query.setLong(1, fromId);
    query.setInt(2, Math.min(max, PAGE_MAX));
    var rows = new ArrayList<Row>();
    try (var result = query.executeQuery()) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static Row row(ResultSet result) throws SQLException {
    var body = Objects.requireNonNullElse(result.getBytes(6), new byte[0]);
    return new Row(
        result.getLong(1),
        new KeptRequest(
            Instant.ofEpochMilli(result.getLong(2)),
            result.getString(3),
            result.getString(4),
            result.getString(5),
            Bytes.wrap(body)),
        result.getString(7));
  }

  @Override
  public long unreadCount() {
    return database.read(
        session -> session.number("SELECT count(*) FROM inbox_request WHERE state = 1"));
  }

  @Override
  public void readAgain(List<Long> ids) {
    database.writeNow(
        session -> {
          for (long id : ids) {
            setState(session, id, WAITING, "");
          }
          return ids;
        });
  }

  @Override
  public void setUnread(long id, String reason) {
    database.writeNow(
        session -> {
          setState(session, id, UNREAD, reason);
          return id;
        });
  }

  private static void setState(Session session, long id, int state, String reason)
      throws SQLException {
    var update = session.prepared("UPDATE inbox_request SET state = ?, reason = ? WHERE id = ?");
    update.setInt(1, state);
    update.setString(2, reason);
    update.setLong(3, id);
    update.executeUpdate();
  }

  @Override
  public Optional<String> memory(String uid) {
    return database.read(
        session -> {
          var query = session.prepared("SELECT memory FROM inbox_call WHERE uid = ?");
          query.setString(1, uid);
          try (var result = query.executeQuery()) {
            return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
          }
        });
  }

  @Override
  public void forget(Instant callsUntouchedSince, Instant unreadReceivedBefore) {
    database.writeNow(
        session -> {
          var calls = session.prepared("DELETE FROM inbox_call WHERE touched_at < ?");
          calls.setLong(1, callsUntouchedSince.toEpochMilli());
          calls.executeUpdate();
          var unread =
              session.prepared("DELETE FROM inbox_request WHERE state = 1 AND received_at < ?");
          unread.setLong(1, unreadReceivedBefore.toEpochMilli());
          return unread.executeUpdate();
        });
  }

  /** Carries out what was taken, then closes the file. Safe to call twice. */
  @Override
  public void close() {
    database.close();
  }
}
