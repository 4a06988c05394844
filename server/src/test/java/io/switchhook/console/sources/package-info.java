@NullMarked
package io.switchhook.console.sources;

import org.jspecify.annotations.NullMarked;
