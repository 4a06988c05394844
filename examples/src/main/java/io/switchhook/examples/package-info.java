/**
 * Receivers to start from, the same one on three web stacks. Takes in requests of a webhook; gives
 * out one line for each event, in a file, in place of the work that a real receiver does.
 */
@NullMarked
package io.switchhook.examples;

import org.jspecify.annotations.NullMarked;
