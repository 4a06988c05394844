@NullMarked
package io.switchhook.bench.ledger;

import org.jspecify.annotations.NullMarked;
