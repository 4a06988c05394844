package io.switchhook.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A unit of writing: all of it is kept or nothing. Throwing undoes what it did; units that wait
 * beside it are not touched.
 */
@FunctionalInterface
public interface Write<T extends @Nullable Object> {
  /** Writes within the transaction that is under way; must neither commit nor roll back. */
  T carryOut(Session session) throws SQLException;
}
