/**
 * What happens now: calls and deliveries as history hears of them. Takes in what was written to
 * history, gives it out to whoever watches, and again to who lost the connection for a moment;
 * counts it by the second.
 */
@NullMarked
package io.switchhook.live;

import org.jspecify.annotations.NullMarked;
