package io.switchhook.testkit.journal;

import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import io.switchhook.testkit.SettableClock;
import io.switchhook.testkit.contract.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A folder with a journal in it, which tests open, damage and open again. */
final class JournalFolder {
  final Path path;
  final SettableClock clock = new SettableClock(Records.LATE);

  JournalFolder(Path path) {
    this.path = path;
  }

  SqliteJournal open() {
    return open(Map.of());
  }

  SqliteJournal open(Map<Integer, Long> offsetsFloor) {
    return SqliteJournal.open(
        new SqliteJournalSettings(
            path,
            new JournalSettings(
                PartitionList::forNewCompany,
                clock,
                JournalSettings.DEDUPE_WINDOW,
                offsetsFloor,
                JournalSettings.RECENT_RECORDS_MAX),
            () -> Long.MAX_VALUE,
            0,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  /** The files as a crash would leave them: what an open journal has on the disk now. */
  JournalFolder copyTo(Path target) {
    try (var files = Files.list(path)) {
      Files.createDirectories(target);
      for (var file : files.filter(f -> !f.toString().endsWith("-shm")).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
      var copy = new JournalFolder(target);
      copy.clock.set(clock.instant());
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path day(String day) {
    return path.resolve(day + ".db");
  }

  /** Changes a day's file with statements of SQL, while no journal is open on it. */
  void change(String day, String... statements) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + day(day));
        var statement = connection.createStatement()) {
      for (var sql : List.of(statements)) {
        statement.executeUpdate(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
