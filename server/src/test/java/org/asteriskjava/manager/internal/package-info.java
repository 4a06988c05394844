/** Lets tests read messages as the asterisk-java library does: its reader is of this package. */
@NullMarked
package org.asteriskjava.manager.internal;

import org.jspecify.annotations.NullMarked;
