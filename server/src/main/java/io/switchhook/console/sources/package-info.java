/**
 * The pages of sources: whether each hears, a trial in words, the channels it saw and what could
 * not be read. Takes in what the sources say of themselves, gives out pages.
 */
@NullMarked
package io.switchhook.console.sources;

import org.jspecify.annotations.NullMarked;
