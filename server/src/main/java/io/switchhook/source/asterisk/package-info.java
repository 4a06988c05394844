/**
 * From an Asterisk to call logs. Takes in manager messages, our own requests and settings, gives
 * out records to append; decides in pure functions with state, without clocks or I/O.
 */
@NullMarked
package io.switchhook.source.asterisk;

import org.jspecify.annotations.NullMarked;
