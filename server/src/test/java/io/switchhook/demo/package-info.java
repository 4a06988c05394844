/** The demonstration's own account of itself. */
@NullMarked
package io.switchhook.demo;

import org.jspecify.annotations.NullMarked;
