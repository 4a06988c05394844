package io.switchhook.journal.sqlite;

import static io.switchhook.event.PartitionList.PARTITION_COUNT;

import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.Session;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what can be read of a damaged segment into a new one: its records from the first row on
 * until reading fails, and from the last row back; of those only the ones whose checksum fits.
 */
final class Salvage {
  /** Rows that are read, and then written in one transaction. */
  private static final int PAGE_ROWS = 500;

  private static final String FORWARDS =
      "SELECT "
          + RecordRow.COLUMNS
          + ", rowid FROM record NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT "
          + PAGE_ROWS;
  private static final String BACKWARDS =
      "SELECT "
          + RecordRow.COLUMNS
          + ", rowid FROM record NOT INDEXED WHERE rowid < ? ORDER BY rowid DESC LIMIT "
          + PAGE_ROWS;

  /**
   * What came of it.
   *
   * @param kept how many records could be read and are in the new file
   * @param loss what was lost, as far as that can be known, for a person
   */
  record Mended(DatabaseFile file, Runs runs, long kept, String loss) {}

  private record Row(long rowid, JournalRecord record) {}

  private final DatabaseFile mended;
  private final RecordRow codec = new RecordRow();
  private final List<Row> page = new ArrayList<>();
  private long kept;
  private long damagedRecords;
  private long row = Long.MIN_VALUE;
  private long lastRowRead = Long.MIN_VALUE;
  private boolean readWhole;

  private Salvage(DatabaseFile mended) {
    this.mended = mended;
  }

  /**
   * Fills a new file.
   *
   * @param bases where partitions start of which the damaged file does not tell it any more
   */
  static Mended of(Path damaged, DatabaseFile mended, long[] bases) {
    mended.install(Segment.SCHEMA);
    var salvage = new Salvage(mended);
    try (var session = Session.ofDamaged(damaged)) {
      salvage.copyBases(session, bases);
      salvage.copyForwards(session);
      if (!salvage.readWhole) {
        salvage.copyBackwards(session);
      }
    } catch (SQLException _) {
      // It could not even be opened, or closed: what was copied by then is what there is.
    }
    long gaps = salvage.putBasesAfterGaps();
    return new Mended(mended, mended.read(StoredRuns::read), salvage.kept, salvage.loss(gaps));
  }

  private void copyBases(Session session, long[] bases) {
    var found = bases.clone();
    try (var row =
        session
            .prepared("SELECT partition, base_offset FROM base ORDER BY base_offset DESC")
            .executeQuery()) {
      while (row.next()) {
        int partition = row.getInt(1);
        if (partition >= 0 && partition < PARTITION_COUNT) {
          found[partition] = row.getLong(2);
        }
      }
    } catch (SQLException _) {
      // The segment before it knows where this one starts.
    }
    mended.write(
        writing -> {
          for (int partition = 0; partition < PARTITION_COUNT; partition++) {
            Segment.putBase(writing, partition, found[partition]);
          }
          return found;
        });
  }

  private void copyForwards(Session session) {
    try {
      while (readPage(session, FORWARDS)) {
        writePage();
      }
      readWhole = true;
    } catch (SQLException _) {
      // From here on the file cannot be read. What the page has by now is good.
    }
    writePage();
    lastRowRead = row;
  }

  private void copyBackwards(Session session) {
    row = Long.MAX_VALUE;
    try {
      while (row > lastRowRead && readPage(session, BACKWARDS)) {
        writePage();
      }
    } catch (SQLException _) {
      // The two ends do not meet: what is between is lost.
    }
    writePage();
  }

  /**
   * Reads a page of rows from where the last one ended, the good ones among them; false when there
   * are none.
   */
  private boolean readPage(Session session, String select) throws SQLException {
    long before = row;
    var statement = session.prepared(select);
    statement.setLong(1, row);
    try (var result = statement.executeQuery()) {
      while (result.next()) {
        readRow(result);
      }
    }
    return row != before;
  }

  private void readRow(ResultSet result) throws SQLException {
    row = result.getLong(14);
    if (row <= lastRowRead) {
      return;
    }
    try {
      page.add(new Row(row, codec.read(result, "")));
    } catch (JournalException _) {
      damagedRecords++;
    }
  }

  private void writePage() {
    if (page.isEmpty()) {
      return;
    }
    mended.write(
        session -> {
          for (var good : page) {
            codec.insertAt(good.rowid, session, good.record);
          }
          return page;
        });
    kept += page.size();
    page.clear();
  }

  /**
   * Starts a new run wherever records between two are missing; returns how many such gaps there
   * are.
   */
  private long putBasesAfterGaps() {
    record Gap(int partition, long end) {}

    var gaps =
        mended.read(
            session -> {
              var found = new ArrayList<Gap>();
              try (var row =
                  session
                      .prepared(
                          """
                          SELECT later.partition, later.offset FROM record later
                          WHERE NOT EXISTS (SELECT 1 FROM record WHERE partition = later.partition AND offset = later.offset - 1)
                          """)
                      .executeQuery()) {
                while (row.next()) {
                  found.add(new Gap(row.getInt(1), row.getLong(2)));
                }
              }
              return found;
            });
    return mended.write(
        session -> {
          long put = 0;
          for (var gap : gaps) {
            put += Segment.putBase(session, gap.partition, gap.end) ? 1 : 0;
          }
          return put;
        });
  }

  private String loss(long gaps) {
    if (readWhole && damagedRecords == 0 && gaps == 0) {
      return "all that it had";
    }
    return "%d damaged ones and those of %d gaps were lost%s"
        .formatted(damagedRecords, gaps, readWhole ? "" : ", and perhaps the last ones");
  }
}
