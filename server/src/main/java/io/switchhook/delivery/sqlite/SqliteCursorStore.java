package io.switchhook.delivery.sqlite;

import io.switchhook.delivery.CursorCommit;
import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.Schema;
import io.switchhook.sqlite.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Cursors in a database that is shared with other owners. A commit is one unit of its writer: all
 * of it is durable or nothing. Rows that a commit does not change are not written. Failures come as
 * {@link DatabaseException}.
 */
public final class SqliteCursorStore implements CursorStore {
  private static final Schema SCHEMA =
      new Schema(
          "cursors",
          List.of(
              """
              CREATE TABLE partition (
                partition INTEGER PRIMARY KEY,
                epoch     INTEGER NOT NULL,
                watermark INTEGER NOT NULL
              );
              CREATE TABLE lane (
                partition INTEGER NOT NULL,
                webhook   TEXT    NOT NULL,
                replay    TEXT    NOT NULL,
                company   INTEGER NOT NULL,
                uid       TEXT    NOT NULL,
                head      INTEGER NOT NULL,
                attempts  INTEGER NOT NULL,
                next_at   INTEGER NOT NULL,
                previous  INTEGER NOT NULL,
                skipped   INTEGER NOT NULL,
                PRIMARY KEY (partition, webhook, replay, company, uid)
              ) WITHOUT ROWID;
              CREATE TABLE feed (
                partition INTEGER NOT NULL,
                webhook   TEXT    NOT NULL,
                replay    TEXT    NOT NULL,
                offset    INTEGER NOT NULL,
                done      INTEGER NOT NULL,
                PRIMARY KEY (partition, webhook, replay)
              ) WITHOUT ROWID;
              CREATE TABLE give_up (
                partition INTEGER NOT NULL,
                offset    INTEGER NOT NULL,
                webhook   TEXT    NOT NULL,
                many      INTEGER NOT NULL, -- 1 when it is about more than one event
                "end"     INTEGER NOT NULL,
                reason    INTEGER NOT NULL,
                at        INTEGER NOT NULL,
                PRIMARY KEY (partition, offset, webhook, many)
              ) WITHOUT ROWID;
              CREATE INDEX give_up_of_webhook ON give_up (webhook, partition, offset);
              CREATE INDEX give_up_of_many ON give_up (partition, "end") WHERE many = 1;
              -- One row: the highest engine time, in milliseconds, that was ever committed.
              CREATE TABLE engine_time (
                id     INTEGER PRIMARY KEY CHECK (id = 1),
                millis INTEGER NOT NULL
              );
              INSERT INTO engine_time (id, millis) VALUES (1, 0);
              """));

  private static final String OWN =
      """
      INSERT INTO partition (partition, epoch, watermark) VALUES (?, 1, 0)
      ON CONFLICT (partition) DO UPDATE SET epoch = epoch + 1
      """;
  private static final String EPOCH = "SELECT epoch, watermark FROM partition WHERE partition = ?";
  private static final String MOVE =
      "UPDATE partition SET watermark = ? WHERE partition = ? AND watermark <> ?";
  private static final String TIME = "UPDATE engine_time SET millis = ? WHERE millis < ?";
  private static final String GIVE_UPS =
      """
      SELECT webhook, partition, offset, "end", reason, at FROM give_up
      WHERE partition = ?1 AND offset >= ?2 AND offset < ?3
      UNION ALL
      SELECT webhook, partition, offset, "end", reason, at FROM give_up
      WHERE partition = ?1 AND many = 1 AND "end" > ?2 AND offset < ?2
      ORDER BY offset, webhook
      """;
  private static final String GIVE_UPS_OF =
      """
      SELECT webhook, partition, offset, "end", reason, at FROM give_up
      WHERE webhook = ?1 AND partition = ?2 AND offset >= ?3
      UNION ALL
      SELECT webhook, partition, offset, "end", reason, at FROM give_up
      WHERE partition = ?2 AND many = 1 AND "end" > ?3 AND offset < ?3 AND webhook = ?1
      ORDER BY offset LIMIT ?4
      """;

  /** So many give-ups are forgotten in one transaction: others wait for the writer, too. */
  private static final int FORGOTTEN_MAX = 5_000;

  private static final String FORGET_GIVE_UPS =
      """
      DELETE FROM give_up WHERE (partition, offset, webhook, many) IN (
        SELECT partition, offset, webhook, many FROM give_up
        WHERE partition = ? AND offset < ? AND "end" <= ? AND at < ? LIMIT ?)
      """;
  private static final String PUT_GIVE_UP =
      """
      INSERT INTO give_up (partition, offset, webhook, many, "end", reason, at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (partition, offset, webhook, many)
      DO UPDATE SET "end" = excluded."end", reason = excluded.reason, at = excluded.at
      WHERE ("end", reason, at) <> (excluded."end", excluded.reason, excluded.at)
      """;

  private final Database database;
  private volatile boolean closed;

  /** Brings the tables into {@code database}, which stays the caller's to close. */
  public SqliteCursorStore(Database database) {
    this.database = database;
    database.install(SCHEMA);
  }

  @Override
  public PartitionState acquire(int partition) {
    return acquire(List.of(partition)).getFirst();
  }

  /** Acquires many partitions and waits for the disk only once. */
  public List<PartitionState> acquire(List<Integer> partitions) {
    return database.writeNow(
        session -> {
          var states = new ArrayList<PartitionState>();
          for (int partition : partitions) {
            states.add(acquired(session, partition));
          }
          return states;
        });
  }

  private static PartitionState acquired(Session session, int partition) throws SQLException {
    var own = session.prepared(OWN);
    own.setInt(1, partition);
    own.executeUpdate();
    var select = session.prepared(EPOCH);
    select.setInt(1, partition);
    try (var row = select.executeQuery()) {
      row.next();
      return new PartitionState(
          partition,
          row.getLong(1),
          row.getLong(2),
          LaneRows.read(session, partition),
          FeedCursors.read(session, partition));
    }
  }

  @Override
  public CompletionStage<Committed> commit(CursorCommit commit) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the cursor store is closed"));
    }
    return database.submit(session -> carryOut(session, commit));
  }

  private static Committed carryOut(Session session, CursorCommit commit) throws SQLException {
    if (!owns(session, commit)) {
      return Committed.FENCED;
    }
    for (LaneRow lane : commit.putLanes()) {
      LaneRows.put(session, commit.partition(), lane);
    }
    for (var giveUp : commit.putGiveUps()) {
      put(session, giveUp);
    }
    for (var feed : commit.putFeeds()) {
      FeedCursors.put(session, commit.partition(), feed);
    }
    var move = session.prepared(MOVE);
    move.setLong(1, commit.watermark());
    move.setInt(2, commit.partition());
    move.setLong(3, commit.watermark());
    move.executeUpdate();
    for (var feed : commit.deleteFeeds()) {
      FeedCursors.delete(session, commit.partition(), feed);
    }
    for (var lane : commit.deleteLanes()) {
      LaneRows.delete(session, commit.partition(), lane);
    }
    var time = session.prepared(TIME);
    time.setLong(1, commit.engineTime().toEpochMilli());
    time.setLong(2, commit.engineTime().toEpochMilli());
    time.executeUpdate();
    return Committed.DURABLE;
  }

  private static boolean owns(Session session, CursorCommit commit) throws SQLException {
    var select = session.prepared(EPOCH);
    select.setInt(1, commit.partition());
    try (var row = select.executeQuery()) {
      return row.next() && row.getLong(1) == commit.epoch();
    }
  }

  private static void put(Session session, GiveUp giveUp) throws SQLException {
    var put = session.prepared(PUT_GIVE_UP);
    put.setInt(1, giveUp.partition());
    put.setLong(2, giveUp.offset());
    put.setString(3, giveUp.webhook().value());
    put.setInt(4, giveUp.isOfOne() ? 0 : 1);
    put.setLong(5, giveUp.end());
    put.setInt(6, giveUp.reason().code());
    put.setLong(7, giveUp.at().toEpochMilli());
    put.executeUpdate();
  }

  @Override
  public List<GiveUp> giveUps(int partition, long fromOffsetInclusive, long toOffsetExclusive) {
    return database.read(
        session -> {
          var select = session.prepared(GIVE_UPS);
          select.setInt(1, partition);
          select.setLong(2, fromOffsetInclusive);
          select.setLong(3, toOffsetExclusive);
          return readGiveUps(select);
        });
  }

  @Override
  public List<GiveUp> giveUpsOf(
      WebhookId webhook, int partition, long fromOffsetInclusive, int max) {
    return database.read(
        session -> {
          var select = session.prepared(GIVE_UPS_OF);
          select.setString(1, webhook.value());
          select.setInt(2, partition);
          select.setLong(3, fromOffsetInclusive);
          select.setInt(4, max);
          return readGiveUps(select);
        });
  }

  private static List<GiveUp> readGiveUps(PreparedStatement select) throws SQLException {
    var found = new ArrayList<GiveUp>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new GiveUp(
                new WebhookId(row.getString(1)),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                GiveUp.Reason.ofCode(row.getInt(5)),
                Instant.ofEpochMilli(row.getLong(6))));
      }
    }
    return found;
  }

  @Override
  public long forgetGiveUps(int partition, long toOffsetExclusive, Instant recordedBefore) {
    long all = 0;
    int forgotten;
    do {
      forgotten =
          database.writeNow(
              session -> {
                var forget = session.prepared(FORGET_GIVE_UPS);
                forget.setInt(1, partition);
                forget.setLong(2, toOffsetExclusive);
                forget.setLong(3, toOffsetExclusive);
                forget.setLong(4, recordedBefore.toEpochMilli());
                forget.setInt(5, FORGOTTEN_MAX);
                return forget.executeUpdate();
              });
      all += forgotten;
    } while (forgotten == FORGOTTEN_MAX);
    return all;
  }

  @Override
  public Instant highestEngineTime() {
    return database.read(
        session -> Instant.ofEpochMilli(session.number("SELECT millis FROM engine_time")));
  }

  /** Waits for commits under way. The database itself stays open. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      database.writeNow(session -> session);
    } catch (DatabaseException.Closed _) {
      // It is closed already, and waited then.
    }
  }
}
