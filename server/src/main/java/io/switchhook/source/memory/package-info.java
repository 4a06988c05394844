/** Follow cursors in memory: they end with the process. For tests and trying. */
@NullMarked
package io.switchhook.source.memory;

import org.jspecify.annotations.NullMarked;
