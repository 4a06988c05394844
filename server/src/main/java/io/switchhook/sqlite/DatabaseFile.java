package io.switchhook.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file with one connection that writes, some that read, and one that checkpoints.
 *
 * <p>A transaction is on the disk when {@link #write} returns (write-ahead log, {@code
 * synchronous=FULL}). Writing is done by one thread at a time, which is the caller's business;
 * reading by any.
 */
public final class DatabaseFile implements AutoCloseable {
  private static final String VERSION_TABLE =
      """
      CREATE TABLE IF NOT EXISTS schema_version (
        owner   TEXT PRIMARY KEY,
        version INTEGER NOT NULL
      ) WITHOUT ROWID
      """;

  private final DatabaseSettings settings;
  private final Session writer;
  private final Readers readers;
  private final Checkpoints checkpoints;
  private final DurableWrites durable;
  private volatile DatabaseException.@Nullable Broken broken;
  private volatile boolean writingEnded;

  private DatabaseFile(DatabaseSettings settings, Session writer) {
    this.settings = settings;
    this.writer = writer;
    this.readers = new Readers(settings);
    this.durable = DurableWrites.of(settings.file());
    this.checkpoints = new Checkpoints(settings.file(), writer, this::breaks);
  }

  /**
   * Opens a file, and makes it when there is none.
   *
   * @throws DatabaseException.Unusable when it is damaged, is not ours, or was laid out by a newer
   *     version
   */
  public static DatabaseFile open(DatabaseSettings settings) {
    var file = settings.file();
    try {
      var writer = Session.writing(file);
      try {
        checkHeader(file, writer);
        return new DatabaseFile(settings, writer);
      } catch (SQLException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      if (Failure.of(file, e) instanceof DatabaseException.DiskFull full) {
        throw full;
      }
      throw new DatabaseException.Unusable("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  private static void checkHeader(Path file, Session writer) throws SQLException {
    long application = writer.number("PRAGMA application_id");
    long layout = writer.number("PRAGMA user_version");
    if (application == 0
        && layout == 0
        && writer.number("SELECT count(*) FROM sqlite_schema") == 0) {
      writer.begin();
      writer.run("PRAGMA application_id=" + DatabaseSettings.APPLICATION_ID);
      writer.run("PRAGMA user_version=" + DatabaseSettings.LAYOUT_VERSION);
      writer.run(VERSION_TABLE);
      writer.commit();
      return;
    }
    if (application != DatabaseSettings.APPLICATION_ID) {
      throw new DatabaseException.Unusable(
          file
              + " was not made by this program (application id "
              + application
              + "); move it away and start again",
          null);
    }
    if (layout != DatabaseSettings.LAYOUT_VERSION) {
      throw new DatabaseException.Unusable(
          "%s has the layout version %d, this program knows %d; start the version that wrote it"
              .formatted(file, layout, DatabaseSettings.LAYOUT_VERSION),
          null);
    }
  }

  /** The file itself. */
  public Path path() {
    return settings.file();
  }

  /**
   * Brings an owner's tables to its newest version.
   *
   * @throws DatabaseException.Unusable when they were written by a newer one
   */
  public void install(Schema schema) {
    install(schema, _ -> {});
  }

  /** What is written together with new tables: they are there with it or not at all. */
  @FunctionalInterface
  public interface FirstContent {
    /** Writes it; part of the transaction that makes the tables. */
    void put(Session session) throws SQLException;
  }

  /**
   * Brings an owner's tables to its newest version; when there were none, puts their first content
   * into them in the same transaction.
   *
   * @throws DatabaseException.Unusable when they were written by a newer version
   */
  public void install(Schema schema, FirstContent content) {
    write(
        session -> {
          if (migrate(session, schema) == 0) {
            content.put(session);
          }
          return schema;
        });
  }

  /** The version of an owner's tables; 0 when there are none. */
  public int version(String owner) {
    return read(session -> versionOf(session, owner));
  }

  /** Returns the version that the tables had before. */
  int migrate(Session session, Schema schema) throws SQLException {
    int known = schema.migrations().size();
    int version = versionOf(session, schema.owner());
    if (version > known) {
      throw new DatabaseException.Unusable(
          "%s: the tables of '%s' have version %d, this program knows %d; start the version that wrote them"
              .formatted(settings.file(), schema.owner(), version, known),
          null);
    }
    if (version == known) {
      return version;
    }
    for (var migration : schema.migrations().subList(version, known)) {
      session.run(migration);
    }
    var put =
        session.prepared("INSERT OR REPLACE INTO schema_version (owner, version) VALUES (?, ?)");
    put.setString(1, schema.owner());
    put.setInt(2, known);
    put.executeUpdate();
    return version;
  }

  private static int versionOf(Session session, String owner) throws SQLException {
    var select = session.prepared("SELECT version FROM schema_version WHERE owner = ?");
    select.setString(1, owner);
    try (var result = select.executeQuery()) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /**
   * Carries out one transaction; it is on the disk when this returns. What {@code write} throws of
   * its own comes out as it is, with the transaction undone.
   *
   * @throws DatabaseException when it could not be carried out
   */
  public <T extends @Nullable Object> T write(Write<T> write) {
    var why = broken;
    if (why != null) {
      throw why;
    }
    if (writingEnded) {
      throw new DatabaseException.Closed(settings.file() + " is not written any more");
    }
    boolean done = false;
    try {
      writer.begin();
      T result = write.carryOut(writer);
      boolean isWritten = writer.hasChangedRows();
      writer.commit();
      done = true;
      if (isWritten) {
        durable.committed();
      }
      return result;
    } catch (SQLException e) {
      var failure = Failure.of(settings.file(), e);
      if (failure instanceof DatabaseException.Broken fatal) {
        breaks(fatal);
      }
      throw failure;
    } finally {
      if (!done) {
        undo();
      }
    }
  }

  private void undo() {
    try {
      writer.rollback();
    } catch (SQLException e) {
      breaks(new DatabaseException.Broken("cannot undo a transaction in " + settings.file(), e));
    }
  }

  private synchronized void breaks(DatabaseException.Broken fatal) {
    if (broken == null) {
      broken = fatal;
      settings.onFatal().accept(fatal);
    }
  }

  /**
   * Reads on a connection of its own, in one state of the file.
   *
   * @throws DatabaseException when reading fails or the file is closed
   */
  public <T extends @Nullable Object> T read(Read<T> read) {
    return readers.read(read);
  }

  /**
   * Reads with a single statement on a connection of its own: it sees one state of the file without
   * a transaction around it, which costs nearly as much again as a short read.
   *
   * @throws DatabaseException when reading fails or the file is closed
   */
  public <T extends @Nullable Object> T readWithOneStatement(Read<T> read) {
    return readers.readWithOneStatement(read);
  }

  /**
   * Keeps the write-ahead log short. Called by the thread that writes, between transactions, when
   * nobody waits for it.
   */
  public void maintain() {
    if (broken == null) {
      checkpoints.afterCommit();
    }
  }

  /** How many bytes the write-ahead log holds now. For the thread that writes. */
  public long logBytes() {
    return checkpoints.logBytes();
  }

  /**
   * Ends writing for good: the write-ahead log goes into the file, and only reading goes on. Called
   * by the thread that writes, or by another one in its place. Safe to call twice.
   */
  public void endWriting() {
    if (writingEnded) {
      return;
    }
    writingEnded = true;
    checkpoints.close();
    try {
      if (broken == null) {
        checkpoints.copyAll();
      }
      writer.close();
    } catch (SQLException e) {
      throw Failure.of(settings.file(), e);
    }
  }

  /** Waits for reads under way and closes all connections. Safe to call twice. */
  @Override
  public void close() {
    readers.close();
    endWriting();
  }
}
