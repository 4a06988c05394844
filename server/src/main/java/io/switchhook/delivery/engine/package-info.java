/**
 * The delivery protocol itself: {@code step(input, now) → effects}, single-threaded, sans-I/O.
 * Takes in what was read, what came of attempts and commits, and time; gives out what is to be
 * read, attempted and committed. Promises the order of each call at each webhook, and that every
 * delivery that is not terminal is at or after its stored cursor.
 */
@NullMarked
package io.switchhook.delivery.engine;

import org.jspecify.annotations.NullMarked;
