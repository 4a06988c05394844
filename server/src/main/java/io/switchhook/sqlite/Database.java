package io.switchhook.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file that several owners share: each brings its tables, all write through one thread with group
 * commit.
 *
 * <p>A unit of work is durable when its stage completes; units complete in the order in which they
 * were submitted, with callbacks on the writer's thread (which must therefore return at once and
 * must not wait for another unit). Stages fail with a {@link DatabaseException}, or with what the
 * unit itself threw. All methods may be called from any thread.
 */
public final class Database implements AutoCloseable {
  /** More waiting units are refused as {@link DatabaseException.Busy}. */
  static final int WAITING_MAX = 65_536;

  /** A transaction ends with this many units. */
  static final int GROUP_MAX = 4_096;

  private final DatabaseFile file;
  private final GroupWriter<Unit<?>> writer;

  private Database(DatabaseFile file, Consumer<Throwable> onFatal) {
    this.file = file;
    this.writer =
        new GroupWriter<>(
            "writer " + file.path().getFileName(),
            new GroupWriter.Limits(WAITING_MAX, GROUP_MAX),
            new Carrier(file, onFatal));
  }

  /**
   * Opens a file, and makes it when there is none.
   *
   * @throws DatabaseException.Unusable when it is damaged, is not ours, or was laid out by a newer
   *     version
   */
  public static Database open(DatabaseSettings settings) {
    return new Database(DatabaseFile.open(settings), settings.onFatal());
  }

  /**
   * Brings an owner's tables to its newest version; waits until that is done.
   *
   * @throws DatabaseException when it cannot be done
   */
  public void install(Schema schema) {
    writeNow(
        session -> {
          file.migrate(session, schema);
          return schema;
        });
  }

  /** Hands a unit of work to the writer. The stage completes when the unit is durable. */
  public <T extends @Nullable Object> CompletionStage<T> submit(Write<T> write) {
    return offered(write);
  }

  /**
   * Hands a unit of work to the writer and waits until it is durable. Not for the writer's own
   * callbacks.
   *
   * @throws DatabaseException when it was not carried out
   */
  public <T extends @Nullable Object> T writeNow(Write<T> write) {
    if (writer.isCurrentThread()) {
      throw new IllegalStateException("the writer would wait for itself");
    }
    try {
      return offered(write).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> offered(Write<T> write) {
    var unit = new Unit<>(write);
    switch (writer.offer(unit, 1)) {
      case TAKEN -> {}
      case FULL ->
          unit.fail(
              new DatabaseException.Busy(
                  WAITING_MAX + " units wait to be written to " + file.path()));
      case CLOSED -> unit.fail(new DatabaseException.Closed(file.path() + " is closed"));
    }
    return unit.done;
  }

  /**
   * Reads on a connection of its own, in one state of the file.
   *
   * @throws DatabaseException when reading fails or the file is closed
   */
  public <T extends @Nullable Object> T read(Read<T> read) {
    return file.read(read);
  }

  /** Carries out what was submitted, then closes the file. Safe to call twice. */
  @Override
  public void close() {
    writer.close();
    file.close();
  }

  /** A unit with the stage that waits for it. What it came to is told only after the commit. */
  private static final class Unit<T extends @Nullable Object> {
    private final Write<T> write;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable Runnable outcome;

    Unit(Write<T> write) {
      this.write = write;
    }

    /** Carries the unit out between savepoints; its own failure undoes it alone. */
    void carryOut(Session session, Path file) throws SQLException {
      session.prepared("SAVEPOINT unit").executeUpdate();
      try {
        T result = write.carryOut(session);
        outcome = () -> done.complete(result);
        session.prepared("RELEASE unit").executeUpdate();
      } catch (RuntimeException e) {
        undo(session, e);
      } catch (SQLException e) {
        if (!(Failure.of(file, e) instanceof DatabaseException.Failed failed)) {
          throw e;
        }
        undo(session, failed);
      }
    }

    private void undo(Session session, RuntimeException reason) throws SQLException {
      outcome = () -> done.completeExceptionally(reason);
      session.forgetStatements();
      session.prepared("ROLLBACK TO unit").executeUpdate();
      session.prepared("RELEASE unit").executeUpdate();
    }

    void tell() {
      if (outcome != null) {
        outcome.run();
      }
    }

    void fail(Throwable reason) {
      done.completeExceptionally(reason);
    }
  }

  private record Carrier(DatabaseFile file, Consumer<Throwable> onFatal)
      implements GroupWriter.Carrier<Unit<?>> {
    @Override
    public void carryOut(List<Unit<?>> group) {
      try {
        file.write(
            session -> {
              for (var unit : group) {
                unit.carryOut(session, file.path());
              }
              return group;
            });
      } catch (DatabaseException e) {
        group.forEach(unit -> unit.fail(e));
        return;
      }
      group.forEach(Unit::tell);
      file.maintain();
    }

    @Override
    public void broke(List<Unit<?>> units, Throwable bug) {
      onFatal.accept(bug);
      units.forEach(unit -> unit.fail(bug));
    }
  }
}
