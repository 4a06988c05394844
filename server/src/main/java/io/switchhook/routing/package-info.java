/**
 * Who wants an event? A pure function of the event, its offset and the versions of the company's
 * webhooks. No clock, no I/O.
 */
@NullMarked
package io.switchhook.routing;

import org.jspecify.annotations.NullMarked;
