/**
 * The delivery engine in a world of its own: virtual time, a store that loses power between two
 * writes, receivers that fail in every way, and somebody who changes webhooks meanwhile. One seed
 * is one life of that world; a checker outside the engine looks at every attempt, every commit and
 * every crash.
 */
@NullMarked
package io.switchhook.testkit.simulation;

import org.jspecify.annotations.NullMarked;
