/**
 * The connection to an Asterisk: takes in settings and what the manager interface says, gives out
 * messages in their order and calls that are started. Decides nothing about calls.
 */
@NullMarked
package io.switchhook.source.asterisk.line;

import org.jspecify.annotations.NullMarked;
