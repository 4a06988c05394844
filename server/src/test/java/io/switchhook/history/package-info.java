/** Tests of what history says in numbers. */
@NullMarked
package io.switchhook.history;

import org.jspecify.annotations.NullMarked;
