/** Proves the receiver. */
@NullMarked
package io.switchhook.receive;

import org.jspecify.annotations.NullMarked;
