/**
 * Measures the console's pages over a store that was filled by the way of an event. Takes in a
 * server, gives out what each page weighs and how long it takes.
 */
@NullMarked
package io.switchhook.bench.console;

import org.jspecify.annotations.NullMarked;
