/**
 * History in SQLite: one file for each day by the acceptance of the event, UTC, and a small one for
 * the watermarks. No transaction spans two files; what a crash leaves between them, repair mends.
 */
@NullMarked
package io.switchhook.history.sqlite;

import org.jspecify.annotations.NullMarked;
