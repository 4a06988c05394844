@NullMarked
package io.switchhook.console;

import org.jspecify.annotations.NullMarked;
