package io.switchhook.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Why two connections.
 *
 * A checkpoint copies the write-ahead log into the file and flushes both, which takes far longer than a commit. Done by the
 * writer it stops every commit meanwhile; never done, the log grows without end. A checkpoint by another connection does not
 * stop the writer, but it cannot start the log over while commits keep coming: there is always a little that it has not
 * copied. So the work is shared: a thread with a connection of its own copies most (PASSIVE), and the writer, between two
 * commits, copies the little that came meanwhile and starts the log over (RESTART). RESTART needs that nobody reads from the
 * log at this moment; when somebody does, it is tried again a little later.
 *
 * Source: https://sqlite.org/wal.html, https://sqlite.org/c3ref/wal_checkpoint_v2.html
 */

/** Keeps the write-ahead log of one file short without stopping its writer. */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** A checkpoint starts when the log holds this many bytes. */
  static final long CHECKPOINT_BYTES = 8L << 20;

  /** When the log could not be started over, it is tried again after this many bytes. */
  private static final long RETRY_BYTES = 2L << 20;

  /**
   * From here on the log's file is cut when it is started over; below, its blocks are written
   * again, which is faster.
   */
  private static final long TRUNCATE_BYTES = 64L << 20;

  private enum State {
    IDLE,
    COPYING,
    COPIED
  }

  private final Path file;
  private final Session writer;
  private final Consumer<DatabaseException.Broken> onBroken;
  private final DurableWrites durable;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private long nextAtBytes = CHECKPOINT_BYTES;
  private long pageBytes;
  private @Nullable Thread copying;

  Checkpoints(Path file, Session writer, Consumer<DatabaseException.Broken> onBroken) {
    this.file = file;
    this.writer = writer;
    this.durable = DurableWrites.of(file);
    this.onBroken = onBroken;
  }

  /** Does what is due. Called by the thread that writes, between two transactions. */
  void afterCommit() {
    try {
      step(logBytes());
    } catch (DatabaseException _) {
      // Told already; what was committed before is not touched by it.
    }
  }

  private void step(long bytes) {
    if (bytes < nextAtBytes) {
      return;
    }
    switch (state.get()) {
      case IDLE -> {
        state.set(State.COPYING);
        copying =
            Thread.ofPlatform().daemon().name("checkpoint " + file.getFileName()).start(this::copy);
      }
      case COPYING -> {}
      case COPIED -> {
        state.set(State.IDLE);
        nextAtBytes = startOver(bytes) ? CHECKPOINT_BYTES : bytes + RETRY_BYTES;
      }
    }
  }

  long logBytes() {
    try {
      if (pageBytes == 0) {
        pageBytes = writer.number("PRAGMA page_size");
      }
      // NOOP does nothing but tell: busy, frames in the log, frames copied.
      try (var result = writer.prepared("PRAGMA wal_checkpoint(NOOP)").executeQuery()) {
        return result.next() ? result.getLong(2) * pageBytes : 0;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void copy() {
    try (var session = Session.writing(file);
        var result = session.prepared("PRAGMA wal_checkpoint(PASSIVE)").executeQuery()) {
      result.next();
      durable.checkpointed();
    } catch (SQLException e) {
      var _ = failed(e);
    } finally {
      state.set(State.COPIED);
    }
  }

  private boolean startOver(long bytes) {
    var how =
        bytes >= TRUNCATE_BYTES
            ? "PRAGMA wal_checkpoint(TRUNCATE)"
            : "PRAGMA wal_checkpoint(RESTART)";
    try {
      writer.waitForLocks(/* millis= */ 0);
      try (var result = writer.prepared(how).executeQuery()) {
        var isStartedOver = result.next() && result.getInt(1) == 0;
        durable.checkpointed();
        return isStartedOver;
      } finally {
        writer.waitForLocks(Session.BUSY_TIMEOUT_MILLIS);
      }
    } catch (SQLException e) {
      var _ = failed(e);
      return false;
    }
  }

  /**
   * Copies what is in the log as far as readers let it; the last connection to close does the rest.
   */
  void copyAll() throws SQLException {
    try (var result = writer.prepared("PRAGMA wal_checkpoint(PASSIVE)").executeQuery()) {
      result.next();
      durable.checkpointed();
    }
  }

  /**
   * A log that cannot be copied because the disk is full stays as it is; any other failure is the
   * end.
   */
  private DatabaseException failed(SQLException error) {
    var failure = Failure.of(file, error);
    if (failure instanceof DatabaseException.Broken fatal) {
      onBroken.accept(fatal);
    } else {
      LOG.atWarn()
          .addKeyValue("file", file.getFileName())
          .addKeyValue("reason", failure.getMessage())
          .log("sqlite.checkpoint_failed");
    }
    return failure;
  }

  @Override
  public void close() {
    var thread = copying;
    if (thread != null) {
      GroupWriter.joinUninterruptibly(thread);
    }
  }
}
