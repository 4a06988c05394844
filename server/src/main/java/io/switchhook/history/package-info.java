/**
 * What became of calls, to search and to look at. Takes in what the delivery engine observed, gives
 * out calls, deliveries and attempts; it mirrors the delivery truth and never decides anything.
 */
@NullMarked
package io.switchhook.history;

import org.jspecify.annotations.NullMarked;
