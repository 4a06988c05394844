/**
 * From what an Asterisk says to what is told of its calls. Takes in manager messages, our own
 * requests, snapshots, settings and time, gives out in-call logs and notes; a pure function with
 * state, so that a recording always gives the same.
 */
@NullMarked
package io.switchhook.source.asterisk.mapping;

import org.jspecify.annotations.NullMarked;
