/**
 * The demonstration: recorded calls, told as if they happened now, from the API through the whole
 * server to a receiver in the same process, with a ledger that says what arrived.
 */
@NullMarked
package io.switchhook.demo;

import org.jspecify.annotations.NullMarked;
