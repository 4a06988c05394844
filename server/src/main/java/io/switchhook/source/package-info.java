/**
 * Where events come from. Takes in a phone system's talk, and the journal's own records; gives out
 * records to append. Knows nothing of receivers.
 */
@NullMarked
package io.switchhook.source;

import org.jspecify.annotations.NullMarked;
