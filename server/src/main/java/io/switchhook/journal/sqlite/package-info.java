/**
 * The journal on a disk: one SQLite file a day. Takes in batches, writes those that wait together
 * with one flush, and gives back whole, checked records.
 */
@NullMarked
package io.switchhook.journal.sqlite;

import org.jspecify.annotations.NullMarked;
