/**
 * The receivers of a run: many addresses, each in a mood of its own, served by few threads. Takes
 * in webhook requests, gives out what was heard and what was answered.
 */
@NullMarked
package io.switchhook.bench.receive;

import org.jspecify.annotations.NullMarked;
