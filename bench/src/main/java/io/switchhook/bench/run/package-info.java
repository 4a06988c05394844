/**
 * One measured run: a server as a process of its own, receivers and a generator here, a ledger
 * between them. Takes in what is to be sent and to whom, gives out a result that says whether it
 * counts.
 */
@NullMarked
package io.switchhook.bench.run;

import org.jspecify.annotations.NullMarked;
