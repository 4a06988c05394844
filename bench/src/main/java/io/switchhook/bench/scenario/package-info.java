/**
 * Named measurements that answer one question each: what happens to others, to memory and to order
 * when a receiver is in trouble. Takes in options, gives out a report that says whether it held.
 */
@NullMarked
package io.switchhook.bench.scenario;

import org.jspecify.annotations.NullMarked;
