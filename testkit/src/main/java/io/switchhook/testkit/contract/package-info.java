/**
 * What every adapter of a port must do, as test classes to extend: one suite a port, run over
 * memory and over each store.
 */
@NullMarked
package io.switchhook.testkit.contract;

import org.jspecify.annotations.NullMarked;
