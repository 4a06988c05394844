/**
 * Measures how a day goes that receivers are still behind in. Takes in an empty folder, gives out a
 * server's data with two days in its journal, what stood in the old one, and what became of it.
 */
@NullMarked
package io.switchhook.bench.retention;

import org.jspecify.annotations.NullMarked;
