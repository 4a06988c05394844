/**
 * What goes on now: calls in progress, deliveries as they happen, rates, sources. Takes in the live
 * feed, gives out a page and a stream of the parts of it that changed.
 */
@NullMarked
package io.switchhook.console.now;

import org.jspecify.annotations.NullMarked;
