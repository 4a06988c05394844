/**
 * When is an event told? Takes in journal reads, outcomes and time; gives out attempts to make and
 * cursors and give-ups to commit. The core is {@code step(input, now) → effects}: no threads,
 * clocks, randomness, logging or I/O inside.
 */
@NullMarked
package io.switchhook.delivery;

import org.jspecify.annotations.NullMarked;
