package io.switchhook.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * One connection with its prepared statements, used by one thread at a time. Foreign keys are
 * checked.
 */
public final class Session implements AutoCloseable {
  /** How long a connection waits for a lock that another one, also of another program, holds. */
  static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /**
   * Larger than any file's own set of statements; more means that SQL is put together with values
   * in it.
   */
  private static final int STATEMENTS_MAX = 500;

  static {
    DriverLibrary.point();
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private long changesBefore;

  private Session(Connection connection) {
    this.connection = connection;
  }

  /** Opens a connection that writes; makes the file when there is none. */
  static Session writing(Path file) throws SQLException {
    var session = open(file, "IMMEDIATE");
    try {
      // The directory is told of the new file by whoever makes files; the log itself is written
      // through with each commit.
      session.run("PRAGMA journal_mode=WAL");
      session.run("PRAGMA synchronous=FULL");
      session.run("PRAGMA wal_autocheckpoint=0");
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Opens a connection that can only read. */
  static Session reading(Path file) throws SQLException {
    var session = open(file, "DEFERRED");
    try {
      session.run("PRAGMA query_only=1");
      // Without this, the last connection to close would be free to checkpoint on a reader's time.
      session.run("PRAGMA wal_autocheckpoint=0");
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Opens a file that is damaged, or may be, for saving what can be read of it. */
  public static Session ofDamaged(Path file) throws SQLException {
    return reading(file);
  }

  private static Session open(Path file, String transactionMode) throws SQLException {
    var properties = new Properties();
    properties.setProperty("transaction_mode", transactionMode);
    properties.setProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
    properties.setProperty("foreign_keys", "true");
    // Otherwise the driver asks for the last rowid after each insert, which nobody wants to know.
    properties.setProperty("jdbc.get_generated_keys", "false");
    return new Session(JDBC.createConnection(JDBC.PREFIX + file, properties));
  }

  /**
   * The prepared statement for {@code sql}, made once per connection and used again: whoever gets
   * it does not close it, and closes its results. The text is a constant; values are bound.
   */
  public PreparedStatement prepared(String sql) throws SQLException {
    var known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (statements.size() >= STATEMENTS_MAX) {
      throw new IllegalStateException(
          "over " + STATEMENTS_MAX + " different statements; bind values instead: " + sql);
    }
    var statement = connection.prepareStatement(sql);
    statements.put(sql, statement);
    return statement;
  }

  /** Runs a script of one or more statements that return nothing of interest. */
  public void run(String script) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  /** The first column of the one row that {@code sql} returns. */
  public long number(String sql) throws SQLException {
    try (var result = prepared(sql).executeQuery()) {
      if (!result.next()) {
        throw new SQLException("no row: " + sql);
      }
      return result.getLong(1);
    }
  }

  /** Sets how long a statement waits for locks that another connection holds. */
  void waitForLocks(int millis) throws SQLException {
    try (var _ = prepared("PRAGMA busy_timeout=" + millis).executeQuery()) {
      // The answer is the value that was set.
    }
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** True when rows were changed since this was asked last. */
  boolean hasChangedRows() throws SQLException {
    long changes = number("SELECT total_changes()");
    boolean hasChanged = changes != changesBefore;
    changesBefore = changes;
    return hasChanged;
  }

  /** Undoes what is under way, if anything is. */
  void rollback() throws SQLException {
    forgetStatements();
    // Some errors have ended the transaction already; and a commit that failed has left it open
    // although the driver takes it
    // for ended. So it is tried in any case, and its failure says nothing new.
    try {
      run("ROLLBACK");
    } catch (SQLException _) {
      // Nothing was under way.
    }
    leaveTransaction();
  }

  /**
   * Closes the prepared statements. After an error the driver has closed those that it came from.
   */
  void forgetStatements() throws SQLException {
    for (var statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  private void leaveTransaction() throws SQLException {
    if (connection.getAutoCommit()) {
      return;
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException _) {
      // The driver switches over first and then finds nothing to commit.
    }
  }

  @Override
  public void close() throws SQLException {
    statements.clear();
    connection.close();
  }
}
