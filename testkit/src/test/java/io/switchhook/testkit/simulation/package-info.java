/** The simulation's own tests. */
@NullMarked
package io.switchhook.testkit.simulation;

import org.jspecify.annotations.NullMarked;
