/**
 * Replays that nobody remembers when the process ends: for tests. Keeps the port's promises else.
 */
@NullMarked
package io.switchhook.replay.memory;

import org.jspecify.annotations.NullMarked;
