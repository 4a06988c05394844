/** Tests of the receiver: what it believes, reads, drops and misses. Nothing listens anywhere. */
@NullMarked
package io.switchhook.receiver;

import org.jspecify.annotations.NullMarked;
