package io.switchhook.journal.sqlite;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.sqlite.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/*
 * Record format, version 1.
 *
 * A row of the table 'record' holds the fields of a JournalRecord; times are milliseconds since 1970 (UTC), company_id is 64
 * bits, kind and flags are the stored codes, identity is 16 bytes. 'checksum' is the CRC32C over, big-endian and without gaps:
 *
 *   version (4 bytes) partition (4) offset (8) company (8) kind (4) flags (4) accepted_at (8) happened_at (8) identity (16)
 *   sequence (4) uid (UTF-8) 0x00 body
 *
 * It is written with the record and checked whenever the record comes back. A later version may add columns; the version of
 * each record says how its checksum is made.
 */

/**
 * A record as a row: binds it, reads it, and checks that what comes back is what was written. For
 * one thread.
 */
final class RecordRow {
  static final int VERSION = 1;

  /** The columns in the order in which rows are read. */
  static final String COLUMNS =
      "partition, offset, version, company, uid, kind, flags, accepted_at, happened_at, identity, sequence, checksum, body";

  private static final String INSERT =
      "INSERT INTO record (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_AT_ROW =
      "INSERT INTO record ("
          + COLUMNS
          + ", rowid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int FIXED_BYTES = 68;

  private final ByteBuffer fixed = ByteBuffer.allocate(FIXED_BYTES);
  private final CRC32C crc = new CRC32C();

  /** Writes the record as a new row. */
  void insert(Session session, JournalRecord record) throws SQLException {
    var insert = session.prepared(INSERT);
    bind(insert, record);
    insert.executeUpdate();
  }

  /** Writes a record that was saved from another file, in its place among the rows. */
  void insertAt(long rowid, Session session, JournalRecord record) throws SQLException {
    var insert = session.prepared(INSERT_AT_ROW);
    bind(insert, record);
    insert.setLong(14, rowid);
    insert.executeUpdate();
  }

  private void bind(PreparedStatement insert, JournalRecord record) throws SQLException {
    insert.setInt(1, record.partition());
    insert.setLong(2, record.offset());
    insert.setInt(3, VERSION);
    insert.setLong(4, record.call().company().bits());
    insert.setString(5, record.call().uid());
    insert.setInt(6, record.kind().code());
    insert.setInt(7, record.flags());
    insert.setLong(8, record.acceptedAt().toEpochMilli());
    insert.setLong(9, record.happenedAt().toEpochMilli());
    insert.setBytes(10, record.identity().toBytes());
    insert.setInt(11, record.sequence());
    insert.setLong(12, checksum(record));
    insert.setBytes(13, record.body().array());
  }

  private long checksum(JournalRecord record) {
    fixed
        .clear()
        .putInt(VERSION)
        .putInt(record.partition())
        .putLong(record.offset())
        .putLong(record.call().company().bits())
        .putInt(record.kind().code())
        .putInt(record.flags())
        .putLong(record.acceptedAt().toEpochMilli())
        .putLong(record.happenedAt().toEpochMilli())
        .putLong(record.identity().high())
        .putLong(record.identity().low())
        .putInt(record.sequence())
        .flip();
    crc.reset();
    crc.update(fixed);
    crc.update(record.call().uid().getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(record.body().array());
    return crc.getValue();
  }

  /**
   * The record of a row that has {@link #COLUMNS}.
   *
   * @throws JournalException when it is not what was written
   */
  JournalRecord read(ResultSet row, String segment) throws SQLException {
    int partition = row.getInt(1);
    long offset = row.getLong(2);
    JournalRecord record;
    try {
      record =
          new JournalRecord(
              partition,
              offset,
              new CallId(CompanyId.ofBits(row.getLong(4)), row.getString(5)),
              Kind.ofCode(row.getInt(6)),
              row.getInt(7),
              Instant.ofEpochMilli(row.getLong(8)),
              Instant.ofEpochMilli(row.getLong(9)),
              Identity.ofBytes(row.getBytes(10)),
              row.getInt(11),
              Bytes.wrap(row.getBytes(13)));
    } catch (RuntimeException e) {
      throw damaged(segment, partition, offset, e.getMessage());
    }
    if (row.getInt(3) != VERSION || row.getLong(12) != checksum(record)) {
      throw damaged(segment, partition, offset, "its checksum does not fit");
    }
    return record;
  }

  private static JournalException damaged(
      String segment, int partition, long offset, @Nullable String why) {
    return new JournalException(
        "a record of the journal is damaged: segment %s, partition %d, offset %d: %s"
            .formatted(segment, partition, offset, why));
  }
}
