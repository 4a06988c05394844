package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DatabaseTest {
  private static final Schema NUMBERS =
      new Schema(
          "numbers", List.of("CREATE TABLE number (n INTEGER PRIMARY KEY, name TEXT UNIQUE)"));

  @TempDir Path folder;
  private final List<Throwable> fatal = new ArrayList<>();
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.of(folder.resolve("state.db"), fatal::add));
    database.install(NUMBERS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Write<Integer> put(int number) {
    return session -> {
      var insert = session.prepared("INSERT INTO number (n, name) VALUES (?, ?)");
      insert.setInt(1, number);
      insert.setString(2, "number " + number);
      return insert.executeUpdate();
    };
  }

  private long count() {
    return database.read(session -> session.number("SELECT count(*) FROM number"));
  }

  @Test
  void unitIsThereAfterReopening() {
    database.writeNow(put(7));
    database.close();
    open();

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void unitsCompleteInTheirOrder() {
    var completed = new ArrayList<Integer>();
    var last = new CompletableFuture<Integer>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      var stage = database.submit(put(i)).thenRun(() -> completed.add(number));
      if (i == 999) {
        stage.thenRun(() -> last.complete(number));
      }
    }
    last.join();

    assertThat(completed).hasSize(1_000).isSorted();
  }

  @Test
  void whatWaitsWhileTheWriterIsBusyIsOneTransaction() throws Exception {
    var busy = new CountDownLatch(1);
    var first = database.submit(session -> await(busy));
    var inOneTransaction = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      inOneTransaction.add(
          database
              .submit(
                  session -> {
                    put(number).carryOut(session);
                    // Another connection sees what is committed.
                    return count();
                  })
              .toCompletableFuture());
    }
    busy.countDown();
    first.toCompletableFuture().join();

    assertThat(inOneTransaction).allSatisfy(seen -> assertThat(seen.join()).isZero());
    assertThat(count()).isEqualTo(10);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyOwnersShareAFileAndBringTheirOwnVersions() {
    database.install(
        new Schema("others", List.of("CREATE TABLE other (a)", "ALTER TABLE other ADD COLUMN b")));
    database.install(NUMBERS);

    long versions =
        database.read(session -> session.number("SELECT sum(version) FROM schema_version"));
    assertThat(versions).isEqualTo(1 + 2);
  }

  @Test
  void newMigrationsRunOnceOnAnOlderFile() {
    database.install(new Schema("others", List.of("CREATE TABLE other (a)")));
    database.install(
        new Schema("others", List.of("CREATE TABLE other (a)", "ALTER TABLE other ADD COLUMN b")));

    assertThat(database.<Long>read(session -> session.number("SELECT count(b) FROM other")))
        .isZero();
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() {
    database.install(
        new Schema("others", List.of("CREATE TABLE other (a)", "ALTER TABLE other ADD COLUMN b")));

    assertThatThrownBy(
            () -> database.install(new Schema("others", List.of("CREATE TABLE other (a)"))))
        .isInstanceOf(DatabaseException.Unusable.class)
        .hasMessageContaining("'others' have version 2, this program knows 1");
  }

  @Test
  void readerSeesOneStateForAsLongAsItReads() {
    database.writeNow(put(1));
    var before =
        database.read(
            session -> {
              long first = session.number("SELECT count(*) FROM number");
              database.writeNow(put(2));
              return List.of(first, session.number("SELECT count(*) FROM number"));
            });

    assertThat(before).containsExactly(1L, 1L);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void readerCannotWrite() {
    assertThatThrownBy(() -> database.read(session -> put(1).carryOut(session)))
        .isInstanceOf(DatabaseException.Failed.class);
    assertThat(count()).isZero();
  }

  @Test
  void moreReadersThanConnectionsTakeTurns() {
    database.writeNow(put(1));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < 50; i++) {
        reads.add(CompletableFuture.supplyAsync(this::count, executor));
      }
      assertThat(reads).allSatisfy(read -> assertThat(read.join()).isEqualTo(1));
    }
  }

  @Test
  void fileOfAnotherProgramIsLeftAlone() throws Exception {
    var other = folder.resolve("other.db");
    try (var session = Session.writing(other)) {
      session.run("CREATE TABLE theirs (a); PRAGMA application_id=42");
    }

    assertThatThrownBy(() -> Database.open(DatabaseSettings.of(other, fatal::add)))
        .isInstanceOf(DatabaseException.Unusable.class)
        .hasMessageContaining("not made by this program");
  }

  @Test
  void closedDatabaseTakesNothing() {
    database.close();

    assertThat(database.submit(put(1)).toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(DatabaseException.Closed.class);
    assertThatThrownBy(this::count).isInstanceOf(DatabaseException.Closed.class);
  }

  @Nested
  class Failing {
    @Test
    void refusalOfOneUnitDoesNotUndoItsNeighbours() {
      var busy = new CountDownLatch(1);
      database.submit(session -> await(busy));
      var before = database.submit(put(1)).toCompletableFuture();
      var refused =
          database
              .submit(
                  session -> {
                    put(2).carryOut(session);
                    throw new IllegalArgumentException("no");
                  })
              .toCompletableFuture();
      var twice =
          database
              .submit(
                  session -> {
                    put(3).carryOut(session);
                    return put(1).carryOut(session);
                  })
              .toCompletableFuture();
      var after = database.submit(put(4)).toCompletableFuture();
      busy.countDown();

      assertThat(before.join() + after.join()).isEqualTo(2);
      assertThatThrownBy(refused::join).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(twice::join).hasCauseInstanceOf(DatabaseException.Failed.class);
      assertThat(database.<Long>read(session -> session.number("SELECT sum(n) FROM number")))
          .isEqualTo(1 + 4);
      assertThat(fatal).isEmpty();
    }

    @Test
    void failureAtAnyStatementLeavesNothingOfItsUnit() {
      for (int n = 0; n < 20; n++) {
        int failing = n;
        var unit =
            database.submit(
                session -> {
                  for (int i = 0; i < 20; i++) {
                    if (i == failing) {
                      session.run("INSERT INTO nowhere VALUES (1)");
                    }
                    put(i).carryOut(session);
                  }
                  return true;
                });
        assertThatThrownBy(() -> unit.toCompletableFuture().join())
            .hasCauseInstanceOf(DatabaseException.Failed.class);
        assertThat(count()).isZero();
      }
    }

    @Test
    void fullDiskFailsTheUnitsAndIsNotTheEnd() {
      database.writeNow(
          session ->
              session.number("PRAGMA max_page_count=" + (session.number("PRAGMA page_count") + 2)));
      assertThatThrownBy(() -> database.writeNow(DatabaseTest::putMuch))
          .isInstanceOf(DatabaseException.DiskFull.class)
          .hasMessageContaining("state.db");
      assertThat(count()).isZero();

      database.writeNow(session -> session.number("PRAGMA max_page_count=1000000"));
      database.writeNow(DatabaseTest::putMuch);
      assertThat(count()).isEqualTo(1_000);
      assertThat(fatal).isEmpty();
    }

    @Test
    void errorOfTheDiskIsTheEnd() {
      database.writeNow(put(1));
      assertThatThrownBy(
              () ->
                  database.writeNow(
                      session -> {
                        put(2).carryOut(session);
                        throw new SQLiteException("flushing", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
                      }))
          .isInstanceOf(DatabaseException.Broken.class);

      assertThatThrownBy(() -> database.writeNow(put(3)))
          .isInstanceOf(DatabaseException.Broken.class);
      assertThat(fatal).hasSize(1);
      assertThat(count()).isEqualTo(1);
    }

    @Test
    void bugInAUnitIsTheEndAndEveryWaiterHearsOfIt() {
      var busy = new CountDownLatch(1);
      database.submit(session -> await(busy));
      var bug =
          database.<Integer>submit(
              session -> {
                throw new AssertionError("a bug");
              });
      var neighbour = database.submit(put(1)).toCompletableFuture();
      busy.countDown();

      assertThatThrownBy(() -> bug.toCompletableFuture().join())
          .hasCauseInstanceOf(AssertionError.class);
      assertThatThrownBy(neighbour::join).hasCauseInstanceOf(AssertionError.class);
      assertThat(fatal).hasSize(1);
      assertThatThrownBy(() -> database.writeNow(put(2)))
          .isInstanceOf(DatabaseException.Closed.class);
    }
  }

  private static int putMuch(Session session) throws SQLException {
    int put = 0;
    for (int i = 0; i < 1_000; i++) {
      put += put(i).carryOut(session);
    }
    return put;
  }
}
