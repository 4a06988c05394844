package io.switchhook.replay.sqlite;

import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.ReplayStore;
import io.switchhook.replay.ReplayStoreException;
import io.switchhook.replay.StoredReplay;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A {@link ReplayStore} in a database that is shared with other owners. */
public final class SqliteReplayStore implements ReplayStore {
  private static final Schema SCHEMA =
      new Schema(
          "replays",
          List.of(
              """
              CREATE TABLE replay (
                no           INTEGER PRIMARY KEY, -- in the order of the requests
                id           TEXT    NOT NULL UNIQUE,
                company      INTEGER NOT NULL,
                webhook      TEXT    NOT NULL,
                uid          TEXT,             -- null: all calls
                from_at      INTEGER NOT NULL, -- ms since 1970, as all times here
                to_at        INTEGER NOT NULL,
                only_which   TEXT    NOT NULL,
                requested_at INTEGER NOT NULL,
                total        INTEGER NOT NULL,
                done         INTEGER NOT NULL,
                state        TEXT    NOT NULL,
                reason       TEXT,
                finished_at  INTEGER
              ) STRICT;
              CREATE INDEX replay_of_webhook ON replay (webhook, no);
              CREATE UNIQUE INDEX replay_running ON replay (webhook) WHERE state = 'running';
              CREATE TABLE replay_range (
                id        TEXT    NOT NULL REFERENCES replay (id) ON DELETE CASCADE,
                partition INTEGER NOT NULL,
                start     INTEGER NOT NULL,
                "end"     INTEGER NOT NULL,
                PRIMARY KEY (id, partition)
              ) STRICT, WITHOUT ROWID;
              """,
              """
              ALTER TABLE replay ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
              ALTER TABLE replay ADD COLUMN kept_from INTEGER;
              """));

  private static final String DELETE_OLD =
      """
      DELETE FROM replay WHERE webhook = ?1 AND state <> 'running' AND no NOT IN
        (SELECT no FROM replay WHERE webhook = ?1 ORDER BY no DESC LIMIT ?2)
      """;
  private static final String UPDATE =
      "UPDATE replay SET total = ?, done = ?, gone = ?, state = ?, reason = ?, finished_at = ? WHERE id = ?";

  private final Database database;

  /** Brings the tables into {@code database}, which stays the caller's to close. */
  public SqliteReplayStore(Database database) {
    this.database = database;
    orFail(
        () -> {
          database.install(SCHEMA);
          return SCHEMA;
        });
  }

  @Override
  public void add(StoredReplay replay) {
    orFail(
        () ->
            database.writeNow(
                session -> {
                  ReplayRows.insert(session, replay);
                  var deleteOld = session.prepared(DELETE_OLD);
                  deleteOld.setString(1, replay.replay().webhook().value());
                  deleteOld.setInt(2, KEPT_MAX);
                  return deleteOld.executeUpdate();
                }));
  }

  @Override
  public void update(StoredReplay replay) {
    orFail(
        () ->
            database.writeNow(
                session -> {
                  var update = session.prepared(UPDATE);
                  update.setLong(1, replay.total());
                  update.setLong(2, replay.done());
                  update.setLong(3, replay.gone());
                  update.setString(4, replay.state().word());
                  update.setString(5, replay.reason());
                  ReplayRows.bindMillis(update, 6, replay.finishedAt());
                  update.setString(7, replay.replay().id().value());
                  return update.executeUpdate();
                }));
  }

  @Override
  public Optional<StoredReplay> find(CompanyId company, ReplayId id) {
    return orFail(
        () ->
            database.read(
                session -> {
                  var select =
                      session.prepared("SELECT * FROM replay WHERE id = ? AND company = ?");
                  select.setString(1, id.value());
                  select.setLong(2, company.bits());
                  return ReplayRows.read(session, select).stream().findFirst();
                }));
  }

  @Override
  public List<StoredReplay> ofWebhook(WebhookId webhook) {
    return orFail(
        () ->
            database.read(
                session -> {
                  var select =
                      session.prepared("SELECT * FROM replay WHERE webhook = ? ORDER BY no DESC");
                  select.setString(1, webhook.value());
                  return ReplayRows.read(session, select);
                }));
  }

  @Override
  public List<StoredReplay> running() {
    return orFail(
        () ->
            database.read(
                session ->
                    ReplayRows.read(
                        session,
                        session.prepared(
                            "SELECT * FROM replay WHERE state = 'running' ORDER BY no"))));
  }

  private static <T> T orFail(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw new ReplayStoreException("replays: " + e.getMessage(), e);
    }
  }
}
