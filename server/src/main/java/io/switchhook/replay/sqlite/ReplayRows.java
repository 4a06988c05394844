package io.switchhook.replay.sqlite;

import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.StoredReplay;
import io.switchhook.sqlite.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays as rows of the tables 'replay' and 'replay_range'. */
final class ReplayRows {
  private static final String INSERT =
      """
      INSERT INTO replay (id, company, webhook, uid, from_at, to_at, only_which, requested_at, total, done, state,
        reason, finished_at, gone, kept_from)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_RANGE =
      "INSERT INTO replay_range (id, partition, start, \"end\") VALUES (?, ?, ?, ?)";
  private static final String RANGES =
      "SELECT partition, start, \"end\" FROM replay_range WHERE id = ?";

  private ReplayRows() {}

  static void insert(Session session, StoredReplay stored) throws SQLException {
    var replay = stored.replay();
    var call = replay.call();
    var insert = session.prepared(INSERT);
    insert.setString(1, replay.id().value());
    insert.setLong(2, stored.company().bits());
    insert.setString(3, replay.webhook().value());
    insert.setString(4, call == null ? null : call.uid());
    insert.setLong(5, replay.from().toEpochMilli());
    insert.setLong(6, replay.to().toEpochMilli());
    insert.setString(7, replay.only().name().toLowerCase(Locale.ROOT));
    insert.setLong(8, replay.requestedAt().toEpochMilli());
    insert.setLong(9, stored.total());
    insert.setLong(10, stored.done());
    insert.setString(11, stored.state().word());
    insert.setString(12, stored.reason());
    bindMillis(insert, 13, stored.finishedAt());
    insert.setLong(14, stored.gone());
    bindMillis(insert, 15, stored.keptFrom());
    insert.executeUpdate();
    for (var end : replay.ends().entrySet()) {
      var range = session.prepared(INSERT_RANGE);
      range.setString(1, replay.id().value());
      range.setInt(2, end.getKey());
      range.setLong(3, replay.start(end.getKey()));
      range.setLong(4, end.getValue());
      range.executeUpdate();
    }
  }

  static void bindMillis(PreparedStatement statement, int place, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(place, Types.NULL);
    } else {
      statement.setLong(place, time.toEpochMilli());
    }
  }

  /** All rows that a statement selects. */
  static List<StoredReplay> read(Session session, PreparedStatement select) throws SQLException {
    var found = new ArrayList<StoredReplay>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        found.add(replay(session, row));
      }
    }
    return found;
  }

  private static StoredReplay replay(Session session, ResultSet row) throws SQLException {
    var id = new ReplayId(row.getString("id"));
    var company = CompanyId.ofBits(row.getLong("company"));
    var uid = row.getString("uid");
    var starts = new HashMap<Integer, Long>();
    var ends = new HashMap<Integer, Long>();
    readRanges(session, id, starts, ends);
    var replay =
        new Replay(
            id,
            new WebhookId(row.getString("webhook")),
            uid == null ? null : new CallId(company, uid),
            Instant.ofEpochMilli(row.getLong("from_at")),
            Instant.ofEpochMilli(row.getLong("to_at")),
            Only.valueOf(row.getString("only_which").toUpperCase(Locale.ROOT)),
            Instant.ofEpochMilli(row.getLong("requested_at")),
            starts,
            ends);
    return new StoredReplay(
        replay,
        company,
        row.getLong("total"),
        row.getLong("done"),
        row.getLong("gone"),
        millis(row, "kept_from"),
        StoredReplay.State.ofWord(row.getString("state")),
        row.getString("reason"),
        millis(row, "finished_at"));
  }

  private static @Nullable Instant millis(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static void readRanges(
      Session session, ReplayId id, Map<Integer, Long> starts, Map<Integer, Long> ends)
      throws SQLException {
    var select = session.prepared(RANGES);
    select.setString(1, id.value());
    try (var range = select.executeQuery()) {
      while (range.next()) {
        starts.put(range.getInt(1), range.getLong(2));
        ends.put(range.getInt(1), range.getLong(3));
      }
    }
  }
}
