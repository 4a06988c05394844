/** Tests of what is told again. */
@NullMarked
package io.switchhook.replay;

import org.jspecify.annotations.NullMarked;
