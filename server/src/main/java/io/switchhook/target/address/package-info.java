/**
 * Which addresses may be called: target URLs and names come in, checked addresses or refusals in
 * words go out. Rules are by the bytes of an address and hold at every connect, not only when a
 * webhook is written.
 */
@NullMarked
package io.switchhook.target.address;

import org.jspecify.annotations.NullMarked;
