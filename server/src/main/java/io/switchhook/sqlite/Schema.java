package io.switchhook.sqlite;

import java.util.List;

/**
 * The tables that one owner brings into a file. Several owners may share a file; each has a version
 * of its own.
 *
 * @param owner names the tables' owner within the file, for example {@code cursors}
 * @param migrations scripts of one or more statements; the first makes version 1, the second turns
 *     it into version 2 … Released ones never change
 */
public record Schema(String owner, List<String> migrations) {
  public Schema {
    migrations = List.copyOf(migrations);
  }
}
