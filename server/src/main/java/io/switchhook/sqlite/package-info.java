/**
 * A seam to SQLite: opens files, hands out read connections, writes in groups on one thread. Takes
 * in units of work, gives out their results when they are durable. Knows nothing of the product.
 */
@NullMarked
package io.switchhook.sqlite;

import org.jspecify.annotations.NullMarked;
