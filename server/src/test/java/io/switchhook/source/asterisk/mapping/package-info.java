/** Proves the mapping on recordings of real calls. */
@NullMarked
package io.switchhook.source.asterisk.mapping;

import org.jspecify.annotations.NullMarked;
