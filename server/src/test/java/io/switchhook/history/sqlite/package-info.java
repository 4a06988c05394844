/** Tests of the parts of history in SQLite. */
@NullMarked
package io.switchhook.history.sqlite;

import org.jspecify.annotations.NullMarked;
