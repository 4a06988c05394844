/**
 * Keeps. Takes in records, gives out offsets; reads in order by partition, by call, by company.
 * Does not know what an event means.
 */
@NullMarked
package io.switchhook.journal;

import org.jspecify.annotations.NullMarked;
