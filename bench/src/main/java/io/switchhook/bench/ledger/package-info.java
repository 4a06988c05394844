/**
 * Who was told what, and when: every event that was accepted must be told, given up with a record,
 * or still outstanding, in the order of its call. Takes in what was sent, answered and heard, gives
 * out an account and whether the run counts.
 */
@NullMarked
package io.switchhook.bench.ledger;

import org.jspecify.annotations.NullMarked;
