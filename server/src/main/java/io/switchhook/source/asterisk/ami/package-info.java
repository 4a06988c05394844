/**
 * Asterisk's manager protocol as bytes: takes in what a manager connection sends, however it is
 * cut, gives out messages. Knows nothing of calls, sockets or time.
 */
@NullMarked
package io.switchhook.source.asterisk.ami;

import org.jspecify.annotations.NullMarked;
