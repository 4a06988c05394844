/** How cursors are kept when the disk has no room. */
@NullMarked
package io.switchhook.delivery.sqlite;

import org.jspecify.annotations.NullMarked;
