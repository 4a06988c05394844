/**
 * Replays on a disk: two small tables of a file that other owners share. A row is durable when the
 * call that wrote it returned.
 */
@NullMarked
package io.switchhook.replay.sqlite;

import org.jspecify.annotations.NullMarked;
