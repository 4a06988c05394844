/** Time, lifecycle, and the whole server put together in the order of an event's path. */
@NullMarked
package io.switchhook.runtime;

import org.jspecify.annotations.NullMarked;
