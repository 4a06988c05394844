@NullMarked
package io.switchhook.console.settings;

import org.jspecify.annotations.NullMarked;
