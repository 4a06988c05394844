@NullMarked
package io.switchhook.console.calls;

import org.jspecify.annotations.NullMarked;
