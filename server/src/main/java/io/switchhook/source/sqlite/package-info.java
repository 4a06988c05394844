/** Follow cursors in SQLite. They share the file {@code state.db} with other owners' tables. */
@NullMarked
package io.switchhook.source.sqlite;

import org.jspecify.annotations.NullMarked;
