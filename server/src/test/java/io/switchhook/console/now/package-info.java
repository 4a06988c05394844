@NullMarked
package io.switchhook.console.now;

import org.jspecify.annotations.NullMarked;
