/**
 * Sends call logs at the times of a schedule, whatever the server does. Takes in traffic (how much,
 * how fast, of which calls), gives out requests on kept-alive connections and what was answered.
 */
@NullMarked
package io.switchhook.bench.load;

import org.jspecify.annotations.NullMarked;
