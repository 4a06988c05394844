package io.switchhook.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A unit of reading: sees one state of the file. It must be short: a read that lasts keeps the
 * write-ahead log from being taken over. Reads that can be long are made in pages.
 */
@FunctionalInterface
public interface Read<T extends @Nullable Object> {
  /** Reads on a connection that is this unit's alone until it returns. */
  T from(Session session) throws SQLException;
}
