/** Proves the sources. */
@NullMarked
package io.switchhook.source;

import org.jspecify.annotations.NullMarked;
