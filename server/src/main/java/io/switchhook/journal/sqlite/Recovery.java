package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.journal.JournalException;
import io.switchhook.journal.sqlite.RecoveryReport.Finding;
import io.switchhook.journal.sqlite.RecoveryReport.What;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.sqlite.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What is done with each file when the journal is opened, oldest first:
 *
 * 1. The write-ahead log is looked at before SQLite takes it over (LogCheck). When transactions in it do not count although
 *    later ones were written, a copy is put aside as NAME-wal.damaged.
 * 2. The file is opened and its runs of offsets are read; the newest one is checked as a whole, up to a size.
 * 3. A file that fails is put aside as NAME.damaged, and what can be read of it is copied into a new one (Salvage).
 * 4. When the end of the newest file may be lost, its offsets are not given again: they go on far above.
 * 5. A file that was not finished being made has nothing in it and is made again.
 *
 * What was found is in the report and in the log, never silent.
 */

/** Opens the segments of a folder and mends what can be mended. For one use. */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /**
   * A newest segment larger than this is not checked as a whole; each record is checked when it is
   * read.
   */
  private static final long CHECKED_BYTES_MAX = 256L << 20;

  /**
   * Where the end of the newest segment was lost, this many offsets are passed over, more than can
   * have been lost.
   */
  static final long OFFSETS_PASSED_OVER = 1L << 20;

  private final Path folder;
  private final Consumer<Throwable> onFatal;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private volatile boolean opened;

  Recovery(Path folder, Consumer<Throwable> onFatal) {
    this.folder = folder;
    // While the files are being opened, damage is what is being looked for and not the end.
    this.onFatal =
        failure -> {
          if (opened) {
            onFatal.accept(failure);
          }
        };
  }

  static DatabaseFile openFile(Path file, Consumer<Throwable> onFatal) {
    return DatabaseFile.open(DatabaseSettings.of(file, onFatal));
  }

  /** The folder's segments, oldest first. Only the newest can still be written. */
  List<Segment> open() {
    boolean done = false;
    try {
      var days = days();
      for (var day : days) {
        open(day, day.equals(days.getLast()));
      }
      tellOfMissing();
      done = true;
      return segments;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the journal in " + folder, e);
    } catch (DatabaseException e) {
      throw new JournalException("cannot open the journal in " + folder + ": " + e.getMessage(), e);
    } finally {
      if (!done) {
        segments.forEach(Segment::close);
      }
    }
  }

  private List<LocalDate> days() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> dayOf(file.getFileName().toString()))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    }
  }

  private static Optional<LocalDate> dayOf(String name) {
    if (!name.endsWith(".db")) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(0, name.length() - 3)));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private void open(LocalDate day, boolean newest) throws IOException {
    var file = folder.resolve(Segment.fileName(day));
    boolean logIsWhole = checkLog(file);
    Segment segment;
    try {
      var opened = tryOpen(day, file, newest);
      if (opened.isEmpty()) {
        return;
      }
      segment = opened.get();
    } catch (DatabaseException | SQLException e) {
      segment = salvage(day, file, e);
      logIsWhole = false;
    }
    segments.add(segment);
    if (newest && !logIsWhole) {
      passOver(segment);
    }
    if (!newest) {
      segment.seal();
    }
  }

  private boolean checkLog(Path file) throws IOException {
    var log = LogCheck.of(file);
    if (log.isWhole() && log.unusedBytes() == 0) {
      return true;
    }
    if (log.isWhole()) {
      tell(
          What.UNFINISHED_WRITE,
          file,
          "%d transactions of its write-ahead log were taken over; %d bytes of one that a crash left unfinished were passed over"
              .formatted(log.commits(), log.unusedBytes()));
      return true;
    }
    var aside = unusedName(Path.of(file + "-wal.damaged"));
    Files.copy(Path.of(file + "-wal"), aside);
    tell(
        What.DAMAGED,
        file,
        "its write-ahead log is damaged: %d transactions were taken over, at least %d later ones and %d bytes were lost; a copy is in %s"
            .formatted(log.commits(), log.unusedCommits(), log.unusedBytes(), aside.getFileName()));
    return false;
  }

  private Optional<Segment> tryOpen(LocalDate day, Path file, boolean newest)
      throws IOException, SQLException {
    var database = openFile(file, onFatal);
    boolean done = false;
    try {
      if (database.version(Segment.SCHEMA.owner()) == 0) {
        database.close();
        deleteWithLog(file);
        tell(
            What.UNFINISHED_WRITE,
            file,
            "a crash left it unfinished while it was made; it was empty and is made again");
        return Optional.empty();
      }
      database.install(Segment.SCHEMA);
      if (newest && Files.size(file) <= CHECKED_BYTES_MAX) {
        database.read(Recovery::check);
      }
      var runs = database.read(StoredRuns::read);
      done = true;
      return Optional.of(new Segment(day, database, runs));
    } finally {
      if (!done) {
        closeDamaged(database);
      }
    }
  }

  private static void closeDamaged(DatabaseFile database) {
    try {
      database.close();
    } catch (DatabaseException _) {
      // Why it cannot be used is being told already.
    }
  }

  private static boolean check(Session session) throws SQLException {
    try (var result = session.prepared("PRAGMA quick_check(1)").executeQuery()) {
      if (result.next() && !"ok".equals(result.getString(1))) {
        throw new SQLException(result.getString(1));
      }
      return true;
    }
  }

  private Segment salvage(LocalDate day, Path file, Exception damage) throws IOException {
    var aside = unusedName(Path.of(file + ".damaged"));
    Files.move(file, aside);
    moveIfThere(Path.of(file + "-wal"), Path.of(aside + "-wal"));
    Files.deleteIfExists(Path.of(file + "-shm"));
    var ends = new long[PARTITION_COUNT];
    if (!segments.isEmpty()) {
      for (int partition = 0; partition < PARTITION_COUNT; partition++) {
        ends[partition] = segments.getLast().runs().end(partition);
      }
    }
    var mended = Salvage.of(aside, openFile(file, onFatal), ends);
    tell(
        What.DAMAGED,
        file,
        "it is damaged (%s): %d records were kept, %s; the damaged file is %s"
            .formatted(damage.getMessage(), mended.kept(), mended.loss(), aside.getFileName()));
    return new Segment(day, mended.file(), mended.runs());
  }

  private void passOver(Segment segment) {
    var next = new long[PARTITION_COUNT];
    for (int partition = 0; partition < PARTITION_COUNT; partition++) {
      next[partition] = segment.runs().end(partition) + OFFSETS_PASSED_OVER;
    }
    segments.set(segments.size() - 1, segment.goOnAt(next));
    tell(
        What.MISSING,
        folder.resolve(segment.name()),
        "its last records may be lost; new records get offsets that are %d higher, and what is between is told as gone"
            .formatted(OFFSETS_PASSED_OVER));
  }

  /** Offsets between two segments that neither of them has. */
  private void tellOfMissing() {
    for (int i = 1; i < segments.size(); i++) {
      var before = segments.get(i - 1);
      var after = segments.get(i);
      long missing = 0;
      for (int partition = 0; partition < PARTITION_COUNT; partition++) {
        missing += Math.max(0, after.runs().base(partition) - before.runs().end(partition));
      }
      if (missing > 0) {
        tell(
            What.MISSING,
            folder.resolve(after.name()),
            "%d records between it and %s are missing; they are told as gone"
                .formatted(missing, before.name()));
      }
    }
  }

  /** Raises the end of partitions of which a cursor is further than the journal. */
  void raise(long[] next, Map<Integer, Long> floor) {
    long missing = 0;
    for (var entry : floor.entrySet()) {
      missing += Math.max(0, entry.getValue() - next[entry.getKey()]);
      next[entry.getKey()] = Math.max(entry.getValue(), next[entry.getKey()]);
    }
    if (missing == 0) {
      return;
    }
    var newest = folder;
    if (!segments.isEmpty()) {
      newest = folder.resolve(segments.getLast().name());
      segments.set(segments.size() - 1, segments.getLast().goOnAt(next));
    }
    tell(
        What.MISSING,
        newest,
        "cursors are %d offsets further than the journal, whose last records were lost; it goes on where they are"
            .formatted(missing));
  }

  /** Ends the recovery: from now on, failures are the end. */
  RecoveryReport report() {
    opened = true;
    return new RecoveryReport(findings);
  }

  private void tell(What what, Path file, String text) {
    var name = file.getFileName().toString();
    findings.add(new Finding(what, name, text));
    var level = what == What.UNFINISHED_WRITE ? LOG.atInfo() : LOG.atError();
    level
        .addKeyValue("segment", name)
        .addKeyValue("what", what)
        .addKeyValue("found", text)
        .log("journal.recovered");
  }

  private static Path unusedName(Path wanted) {
    var name = wanted;
    for (int i = 2; Files.exists(name); i++) {
      name = Path.of(wanted + "." + i);
    }
    return name;
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to);
    }
  }

  private static void deleteWithLog(Path file) throws IOException {
    for (var suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(file + suffix));
    }
  }
}
