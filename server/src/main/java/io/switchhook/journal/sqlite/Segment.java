package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.CallTrail;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.Read;
import io.switchhook.sqlite.Schema;
import io.switchhook.sqlite.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that were accepted on one day (UTC, engine time), in a file of its own. */
final class Segment implements AutoCloseable {
  static final Schema SCHEMA =
      new Schema(
          "journal",
          List.of(
              """
              -- Where the runs of consecutive offsets begin: one row for each partition, more where records were lost.
              CREATE TABLE base (
                partition   INTEGER NOT NULL,
                base_offset INTEGER NOT NULL,
                PRIMARY KEY (partition, base_offset)
              ) WITHOUT ROWID;
              CREATE TABLE record (
                partition   INTEGER NOT NULL,
                offset      INTEGER NOT NULL,
                version     INTEGER NOT NULL,
                company     INTEGER NOT NULL,
                uid         TEXT    NOT NULL,
                kind        INTEGER NOT NULL,
                flags       INTEGER NOT NULL,
                accepted_at INTEGER NOT NULL,
                happened_at INTEGER NOT NULL,
                identity    BLOB    NOT NULL,
                sequence    INTEGER NOT NULL,
                checksum    INTEGER NOT NULL,
                body        BLOB    NOT NULL
              );
              -- With the company, so that those of others are passed over without being read.
              CREATE INDEX record_place ON record (partition, offset, company);
              CREATE INDEX record_call ON record (company, uid, offset);
              """));

  /** A page ends with the record with which its bodies reach this many bytes. */
  private static final long PAGE_BYTES = 8L << 20;

  // The indexes are named: left to itself, SQLite reads on through all of a partition for a call's
  // few records.
  static final String READ =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM record WHERE partition = ? AND offset >= ? AND offset < ? ORDER BY offset LIMIT ?";
  static final String READ_COMPANY =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM record INDEXED BY record_place WHERE company = ? AND partition = ? AND offset >= ? AND offset < ? ORDER BY offset LIMIT ?";
  static final String READ_CALL =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM record INDEXED BY record_call WHERE company = ? AND uid = ? AND offset >= ? AND partition = ? ORDER BY offset LIMIT ?";
  static final String PARTITIONS =
      "SELECT partition FROM record INDEXED BY record_call WHERE company = ? AND uid = ? GROUP BY partition ORDER BY min(rowid)";
  private static final String OLDEST = "SELECT accepted_at FROM record ORDER BY rowid LIMIT 1";
  static final String TRAIL =
      "SELECT partition, offset, accepted_at, identity, sequence FROM record WHERE company = ? AND uid = ? ORDER BY rowid DESC";

  private final LocalDate day;
  private final DatabaseFile file;
  private final Runs runs;
  private final RecordRow writing = new RecordRow();

  Segment(LocalDate day, DatabaseFile file, Runs runs) {
    this.day = day;
    this.file = file;
    this.runs = runs;
  }

  static String fileName(LocalDate day) {
    return day + ".db";
  }

  /** Makes an empty segment durable whose partitions start at these offsets. */
  static Segment create(LocalDate day, DatabaseFile file, long[] next) {
    file.install(
        SCHEMA,
        session -> {
          for (int partition = 0; partition < PARTITION_COUNT; partition++) {
            putBase(session, partition, next[partition]);
          }
        });
    return new Segment(day, file, Runs.startingAt(next));
  }

  static boolean putBase(Session session, int partition, long offset) throws SQLException {
    var insert =
        session.prepared("INSERT OR IGNORE INTO base (partition, base_offset) VALUES (?, ?)");
    insert.setInt(1, partition);
    insert.setLong(2, offset);
    return insert.executeUpdate() > 0;
  }

  LocalDate day() {
    return day;
  }

  String name() {
    return fileName(day);
  }

  Runs runs() {
    return runs;
  }

  /** The first millisecond after this segment's day. */
  long endMillis() {
    return startMillis(day.plusDays(1));
  }

  static long startMillis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /**
   * Makes records durable in one transaction. They become visible when the ends of the runs are
   * moved.
   */
  void append(List<JournalRecord> records) {
    file.write(
        session -> {
          for (var record : records) {
            writing.insert(session, record);
          }
          return records;
        });
  }

  void limitPages(int max) {
    file.write(session -> session.number("PRAGMA max_page_count=" + max));
  }

  void maintain() {
    file.maintain();
  }

  /**
   * The same segment, with partitions going on at these offsets, durably; what is between is told
   * as gone. Nobody else uses the segment meanwhile.
   */
  Segment goOnAt(long[] next) {
    var partitions = new ArrayList<List<Runs.Run>>();
    file.write(
        session -> {
          for (int partition = 0; partition < PARTITION_COUNT; partition++) {
            var own = runs.of(partition);
            if (next[partition] > runs.end(partition)) {
              putBase(session, partition, next[partition]);
              own.add(new Runs.Run(next[partition], next[partition]));
            }
            partitions.add(own);
          }
          return partitions;
        });
    return new Segment(day, file, new Runs(partitions));
  }

  /**
   * When the segment's last record was accepted, in milliseconds; its day's start when it has none.
   */
  long newestMillis() {
    return Math.max(startMillis(day), read(StoredRuns::newestMillis));
  }

  /**
   * No more is written: what is in the write-ahead log goes into the file, and only reading goes
   * on.
   */
  void seal() {
    file.endWriting();
  }

  /**
   * What was found, and how far the search came.
   *
   * @param nextOffset everything of what was asked for below it is in {@code records}
   */
  record Found(List<JournalRecord> records, long nextOffset) {}

  /** Reads a partition within one of its runs. Every offset must be there. */
  Found read(int partition, Runs.Run wanted, int max) {
    return read(
        session -> {
          var select = session.prepared(READ);
          select.setInt(1, partition);
          select.setLong(2, wanted.start());
          select.setLong(3, wanted.end());
          select.setInt(4, max);
          var page = new PageReader(name(), PAGE_BYTES).consecutive(partition, wanted.start());
          page.read(select);
          var records = page.records();
          return new Found(records, records.getLast().offset() + 1);
        });
  }

  /** Reads one company's records of a partition within one of its runs. */
  Found readCompany(CompanyId company, int partition, Runs.Run wanted, int max) {
    return read(
        session -> {
          var select = session.prepared(READ_COMPANY);
          select.setLong(1, company.bits());
          select.setInt(2, partition);
          select.setLong(3, wanted.start());
          select.setLong(4, wanted.end());
          select.setInt(5, max);
          return found(new PageReader(name(), PAGE_BYTES), select, wanted, max);
        });
  }

  private static Found found(PageReader page, PreparedStatement select, Runs.Run wanted, int max)
      throws SQLException {
    page.read(select);
    var records = page.records();
    boolean more = page.stoppedEarly() || records.size() == max;
    return new Found(records, more ? records.getLast().offset() + 1 : wanted.end());
  }

  /** Reads a call's records from an offset on, also those that are not visible yet. */
  List<JournalRecord> readCall(int partition, CallId call, long fromOffsetInclusive, int max) {
    return read(
        session -> {
          var select = session.prepared(READ_CALL);
          select.setLong(1, call.company().bits());
          select.setString(2, call.uid());
          select.setLong(3, fromOffsetInclusive);
          select.setInt(4, partition);
          select.setInt(5, max);
          var page = new PageReader(name(), Long.MAX_VALUE);
          page.read(select);
          return page.records();
        });
  }

  /** The partitions that have records of a call, the one of its oldest record first. */
  List<Integer> partitionsOf(CallId call) {
    return read(
        session -> {
          var select = session.prepared(PARTITIONS);
          select.setLong(1, call.company().bits());
          select.setString(2, call.uid());
          var partitions = new ArrayList<Integer>();
          try (var row = select.executeQuery()) {
            while (row.next()) {
              partitions.add(row.getInt(1));
            }
          }
          return partitions;
        });
  }

  /** When the segment's first record was accepted; empty when it has none. */
  Optional<Instant> oldestAcceptedAt() {
    return read(
        session -> {
          try (var row = session.prepared(OLDEST).executeQuery()) {
            return row.next()
                ? Optional.of(Instant.ofEpochMilli(row.getLong(1)))
                : Optional.empty();
          }
        });
  }

  /** One record; null when it is not here. */
  @Nullable JournalRecord at(int partition, long offset) {
    var run = new Runs.Run(offset, offset + 1);
    boolean here =
        runs.of(partition).stream().anyMatch(r -> r.start() <= offset && offset < r.end());
    return here ? read(partition, run, 1).records().getFirst() : null;
  }

  /**
   * Adds a call's records, the newest first, to its trail as far as the bounds let it.
   *
   * @param trail what newer segments had of the call; null when that was nothing
   */
  @Nullable CallTrail follow(CallId call, @Nullable CallTrail trail, TrailBounds bounds) {
    return read(
        session -> {
          var select = session.prepared(TRAIL);
          select.setLong(1, call.company().bits());
          select.setString(2, call.uid());
          try (var row = select.executeQuery()) {
            return bounds.follow(row, trail);
          }
        });
  }

  /** What {@code read} does must be one statement: there is no transaction around it. */
  private <T extends @Nullable Object> T read(Read<T> read) {
    try {
      return file.readWithOneStatement(read);
    } catch (DatabaseException e) {
      throw new JournalException(
          "cannot read the journal's segment " + name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
