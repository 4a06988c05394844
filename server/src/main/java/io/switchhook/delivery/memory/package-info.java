/**
 * A cursor store in memory, for tests and simulation. What it was given is gone when the process
 * ends.
 */
@NullMarked
package io.switchhook.delivery.memory;

import org.jspecify.annotations.NullMarked;
