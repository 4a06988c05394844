/** The whole server is killed again and again, and the ledger outside it is read. */
@NullMarked
package io.switchhook.testkit.ledger;

import org.jspecify.annotations.NullMarked;
