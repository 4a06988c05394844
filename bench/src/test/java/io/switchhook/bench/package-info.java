@NullMarked
package io.switchhook.bench;

import org.jspecify.annotations.NullMarked;
