/** Proves that manager messages are read, however their bytes come. */
@NullMarked
package io.switchhook.source.asterisk.ami;

import org.jspecify.annotations.NullMarked;
