/**
 * The command line: {@code switchhook COMMAND}. Takes in arguments, gives out lines and an exit
 * code: 0 done, 1 refused with the reason on standard error, 2 wrong use.
 */
@NullMarked
package io.switchhook.command;

import org.jspecify.annotations.NullMarked;
