/** Proves the call log library. */
@NullMarked
package io.switchhook.calllog;

import org.jspecify.annotations.NullMarked;
