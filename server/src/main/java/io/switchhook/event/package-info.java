/**
 * The vocabulary: companies, calls, kinds of records, positions. Values only; knows nothing of any
 * stage.
 */
@NullMarked
package io.switchhook.event;

import org.jspecify.annotations.NullMarked;
