package io.switchhook.sqlite;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bounded pool of connections that read; a connection is made when it is first needed. */
final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  /**
   * A read that takes longer is a mistake of its caller's: meanwhile the write-ahead log can only
   * grow.
   */
  private static final long READ_MILLIS_MAX = 1_000;

  private final DatabaseSettings settings;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(DatabaseSettings settings) {
    this.settings = settings;
    this.permits = new Semaphore(settings.readersMax());
  }

  /** Reads in one transaction. */
  <T extends @Nullable Object> T read(Read<T> read) {
    return readWithOneStatement(
        session -> {
          session.begin();
          T result = read.from(session);
          session.commit();
          return result;
        });
  }

  /** Reads with one statement, which sees one state without a transaction. */
  <T extends @Nullable Object> T readWithOneStatement(Read<T> read) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new DatabaseException.Closed(settings.file() + " is closed");
      }
      return readWith(take(), read);
    } catch (SQLException e) {
      throw new DatabaseException.Failed("reading " + settings.file() + ": " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private Session take() throws SQLException {
    var session = idle.pollFirst();
    return session != null ? session : Session.reading(settings.file());
  }

  private <T extends @Nullable Object> T readWith(Session session, Read<T> read)
      throws SQLException {
    long startedAt = System.nanoTime();
    boolean done = false;
    try {
      T result = read.from(session);
      done = true;
      return result;
    } finally {
      if (done) {
        idle.addFirst(session);
      } else {
        // Whatever state it is in, nobody meets it again.
        session.close();
      }
      warnOfLength((System.nanoTime() - startedAt) / 1_000_000);
    }
  }

  private void warnOfLength(long millis) {
    if (millis > READ_MILLIS_MAX) {
      LOG.atWarn()
          .addKeyValue("file", settings.file().getFileName())
          .addKeyValue("duration_ms", millis)
          .log("sqlite.read_slow");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    permits.acquireUninterruptibly(settings.readersMax());
    try {
      for (var session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
        session.close();
      }
    } catch (SQLException e) {
      throw Failure.of(settings.file(), e);
    } finally {
      permits.release(settings.readersMax());
    }
  }
}
