/** Tests of the console's page of deliveries. */
@NullMarked
package io.switchhook.console.deliveries;

import org.jspecify.annotations.NullMarked;
