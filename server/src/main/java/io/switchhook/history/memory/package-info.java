/** History in memory, for tests and simulations: the same answers as a store on disk. */
@NullMarked
package io.switchhook.history.memory;

import org.jspecify.annotations.NullMarked;
