/**
 * A journal in memory, for tests and simulation. Keeps what a store on a disk promises, but not
 * past the process's end.
 */
@NullMarked
package io.switchhook.journal.memory;

import org.jspecify.annotations.NullMarked;
