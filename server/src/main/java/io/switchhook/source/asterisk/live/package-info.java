/**
 * A running Asterisk source: takes in its section of the settings, the line and requests for calls;
 * gives out records in the journal. Carries out what the mapping decides.
 */
@NullMarked
package io.switchhook.source.asterisk.live;

import org.jspecify.annotations.NullMarked;
