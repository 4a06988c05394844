/** Tests of the seam to SQLite. */
@NullMarked
package io.switchhook.sqlite;

import org.jspecify.annotations.NullMarked;
