/** Commands as people call them. */
@NullMarked
package io.switchhook.command;

import org.jspecify.annotations.NullMarked;
