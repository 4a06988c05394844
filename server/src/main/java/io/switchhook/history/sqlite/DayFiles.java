package io.switchhook.history.sqlite;

import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.sqlite.DroppedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The days' files in a folder. A few stay open, the longest unused is closed first; one that
 * somebody works with is never closed. May be used from any thread.
 */
final class DayFiles implements AutoCloseable {
  /** The most files that are open while nobody works with more. */
  static final int OPEN_MAX = 8;

  // Many webhooks' rows have many places in the file: those that are written to stay in memory.
  private static final int CACHE_KIBIBYTES = 16 * 1024;

  private static final String SUFFIX = ".db";

  private final Path folder;
  private final DroppedFiles dropped;
  private final NavigableSet<LocalDate> days;
  // Both guarded by this; the longest unused file first.
  private final LinkedHashMap<LocalDate, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  private LocalDate firstKept = LocalDate.MIN;

  private static final class OpenFile {
    final DatabaseFile file;
    int users;

    OpenFile(DatabaseFile file) {
      this.file = file;
    }
  }

  DayFiles(Path folder) {
    this.folder = folder;
    this.dropped = DroppedFiles.of(folder);
    this.days = new ConcurrentSkipListSet<>(daysIn(folder));
  }

  private static NavigableSet<LocalDate> daysIn(Path folder) {
    var found = new TreeSet<LocalDate>();
    try (var files = Files.list(folder)) {
      files.forEach(file -> dayOf(file).ifPresent(found::add));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    return found;
  }

  private static Optional<LocalDate> dayOf(Path file) {
    var name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
    } catch (DateTimeParseException _) {
      return Optional.empty(); // Another file of ours, or none of ours.
    }
  }

  /** The days that have a file. */
  NavigableSet<LocalDate> days() {
    return days;
  }

  /**
   * Works with a day's file; makes it when there is none.
   *
   * @param forgotten what to return when that day was forgotten
   */
  <T extends @Nullable Object> T with(LocalDate day, T forgotten, Function<DatabaseFile, T> work) {
    var borrowed = borrow(day);
    if (borrowed == null) {
      return forgotten;
    }
    try {
      return work.apply(borrowed.file);
    } finally {
      giveBack(borrowed);
    }
  }

  private synchronized @Nullable OpenFile borrow(LocalDate day) {
    if (day.isBefore(firstKept)) {
      return null;
    }
    var file = open.get(day);
    if (file == null) {
      file = new OpenFile(opened(folder.resolve(day + SUFFIX)));
      open.put(day, file);
      days.add(day);
    }
    file.users++;
    return file;
  }

  private static DatabaseFile opened(Path path) {
    // A day's file that fails stops being written; that its holder counts and tells.
    var file = DatabaseFile.open(DatabaseSettings.of(path, /* onFatal= */ _ -> {}));
    var done = false;
    try {
      file.install(DayTables.SCHEMA);
      file.write(
          session -> {
            session.run("PRAGMA cache_size=-" + CACHE_KIBIBYTES);
            return file;
          });
      done = true;
      return file;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private synchronized void giveBack(OpenFile file) {
    file.users--;
    notifyAll();
    var oldest = open.values().iterator();
    while (open.size() > OPEN_MAX && oldest.hasNext()) {
      var candidate = oldest.next();
      if (candidate.users == 0) {
        oldest.remove();
        candidate.file.close();
      }
    }
  }

  /**
   * Drops the files of all days before this one and returns those days. Waits for whoever works
   * with one; nobody gets them any more.
   */
  Set<LocalDate> forgetBefore(LocalDate day) {
    var going = new TreeSet<LocalDate>();
    synchronized (this) {
      firstKept = day.isAfter(firstKept) ? day : firstKept;
      going.addAll(days.headSet(firstKept, /* inclusive= */ false));
      for (var old : going) {
        closeUnused(old);
      }
      days.removeAll(going);
    }
    for (var old : going) {
      if (Files.exists(folder.resolve(old + SUFFIX))) {
        dropped.drop(old + SUFFIX);
      }
    }
    return going;
  }

  /** True for days that nothing can be written to any more. */
  synchronized boolean isForgotten(LocalDate day) {
    return day.isBefore(firstKept);
  }

  /** Called with the lock held. */
  private void closeUnused(LocalDate day) {
    var file = open.remove(day);
    boolean interrupted = false;
    while (file != null && file.users > 0) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (file != null) {
      file.file.close();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(file -> file.file.close());
    open.clear();
    dropped.close();
  }
}
