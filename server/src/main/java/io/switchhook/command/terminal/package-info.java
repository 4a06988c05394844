/**
 * The terminal: tables, times, words, colours. Takes in values, gives out lines for people; nothing
 * from outside reaches the terminal as a control character.
 */
@NullMarked
package io.switchhook.command.terminal;

import org.jspecify.annotations.NullMarked;
