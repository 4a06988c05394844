/**
 * What a run came to, as people and programs read it: a table for a terminal, JSON, and one page of
 * HTML with its charts in it. Takes in results, gives out text.
 */
@NullMarked
package io.switchhook.bench.report;

import org.jspecify.annotations.NullMarked;
