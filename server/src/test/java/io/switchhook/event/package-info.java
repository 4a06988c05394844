/** Tests of the vocabulary. */
@NullMarked
package io.switchhook.event;

import org.jspecify.annotations.NullMarked;
