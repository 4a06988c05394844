/**
 * The whole server as a process of its own that is killed again and again, and a ledger outside it:
 * what was answered 202, what each receiver saw and answered, and what the API says in the end. The
 * ledger shows whether the promises held; it believes nothing that it can see for itself.
 */
@NullMarked
package io.switchhook.testkit.ledger;

import org.jspecify.annotations.NullMarked;
