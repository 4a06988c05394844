package io.switchhook.journal.sqlite;

import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the records of one page. A damaged record ends the page before it; as the first of its
 * page it is an error.
 */
final class PageReader {
  private static final long ANY = -1;

  private final String segment;
  private final long bytesMax;
  private final RecordRow row = new RecordRow();
  private final List<JournalRecord> records = new ArrayList<>();
  private int partition;
  private long expected = ANY;
  private boolean stoppedEarly;

  PageReader(String segment, long bytesMax) {
    this.segment = segment;
    this.bytesMax = bytesMax;
  }

  /** Says that every offset from this one on must be there. */
  PageReader consecutive(int ofPartition, long firstOffset) {
    partition = ofPartition;
    expected = firstOffset;
    return this;
  }

  void read(PreparedStatement select) throws SQLException {
    long bytes = 0;
    try (var result = select.executeQuery()) {
      while (!stoppedEarly && result.next()) {
        bytes += add(result);
        stoppedEarly |= bytes >= bytesMax;
      }
    } catch (JournalException e) {
      if (records.isEmpty() || bytesMax == Long.MAX_VALUE) {
        throw e;
      }
      stoppedEarly = true;
    }
    if (records.isEmpty() && expected != ANY) {
      throw missing();
    }
  }

  private long add(ResultSet result) throws SQLException {
    var record = row.read(result, segment);
    if (expected != ANY) {
      if (record.offset() != expected) {
        throw missing();
      }
      expected++;
    }
    records.add(record);
    return record.body().size();
  }

  private JournalException missing() {
    return new JournalException(
        "a record of the journal is missing: segment %s, partition %d, offset %d"
            .formatted(segment, partition, expected));
  }

  List<JournalRecord> records() {
    return records;
  }

  /** True when there may be more than was asked for or returned. */
  boolean stoppedEarly() {
    return stoppedEarly;
  }
}
