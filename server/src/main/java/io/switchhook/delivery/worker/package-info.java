/**
 * Carries the engine's effects out: each worker is an event loop with an engine of its own and some
 * of the partitions. Takes in what the journal appended and what came of attempts, reads and
 * commits; decides nothing itself.
 */
@NullMarked
package io.switchhook.delivery.worker;

import org.jspecify.annotations.NullMarked;
