package io.switchhook.examples.jdbc;

import io.switchhook.receiver.ReceptionStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * Remembers in two tables of any database that has JDBC; several processes may share them.
 *
 * <p>{@link #TABLES} makes them. Delete from both, now and then, what is older than four days by
 * {@code since_millis}. One store is for one webhook: give each its own tables, or put the
 * webhook's name in front of the ids.
 */
public final class JdbcReceptionStore implements ReceptionStore {
  /** The tables, one statement each. */
  public static final List<String> TABLES =
      List.of(
          "CREATE TABLE reception (id VARCHAR(200) PRIMARY KEY, is_done INT, since_millis BIGINT)",
          "CREATE TABLE reception_call"
              + " (uid VARCHAR(200) PRIMARY KEY, sequence INT, since_millis BIGINT)");

  private final DataSource database;
  private final InstantSource clock;
  private final Duration workMax;

  /**
   * A store in this database.
   *
   * @param workMax who has claimed an id for longer has died, and somebody else may have it
   */
  public JdbcReceptionStore(DataSource database, InstantSource clock, Duration workMax) {
    this.database = database;
    this.clock = clock;
    this.workMax = workMax;
  }

  @Override
  public Claim claim(String id) {
    long now = clock.millis();
    if (isInserted("INSERT INTO reception VALUES (?, 0, ?)", id, now)
        || changed(
                "UPDATE reception SET since_millis = ? WHERE id = ? AND is_done = 0"
                    + " AND since_millis < ?",
                now,
                id,
                now - workMax.toMillis())
            > 0) {
      return Claim.NEW;
    }
    return number("SELECT is_done FROM reception WHERE id = ?", id).orElse(0) == 1
        ? Claim.DONE
        : Claim.IN_WORK;
  }

  @Override
  public void done(String id) {
    changed("UPDATE reception SET is_done = 1 WHERE id = ?", id);
  }

  @Override
  public void release(String id) {
    changed("DELETE FROM reception WHERE id = ? AND is_done = 0", id);
  }

  @Override
  public OptionalInt came(String uid, int sequence) {
    long now = clock.millis();
    while (true) {
      var last = number("SELECT sequence FROM reception_call WHERE uid = ?", uid);
      var isKept =
          last.isEmpty()
              ? isInserted("INSERT INTO reception_call VALUES (?, ?, ?)", uid, sequence, now)
              : last.getAsInt() >= sequence
                  || changed(
                          "UPDATE reception_call SET sequence = ?, since_millis = ? WHERE uid = ?"
                              + " AND sequence = ?",
                          sequence,
                          now,
                          uid,
                          last.getAsInt())
                      > 0;
      // Another thread was quicker: what it kept is looked at again.
      if (isKept) {
        return last;
      }
    }
  }

  /** False when the key is there already. */
  private boolean isInserted(String sql, Object... values) {
    try {
      return changed(sql, values) > 0;
    } catch (StoreException e) {
      // Databases tell a second key in many ways; what is there says whether it was one.
      var table =
          sql.contains("reception_call") ? "reception_call WHERE uid" : "reception WHERE id";
      if (number("SELECT 1 FROM " + table + " = ?", values[0]).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  private int changed(String sql, Object... values) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  private OptionalInt number(String sql, Object key) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, key);
        var rows = statement.executeQuery()) {
      return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  private static java.sql.PreparedStatement prepared(
      Connection connection, String sql, Object... values) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var place = 0; place < values.length; place++) {
      statement.setObject(place + 1, values[place]);
    }
    return statement;
  }

  /** The database does not work: answer 500, and the event is told again. */
  public static final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
