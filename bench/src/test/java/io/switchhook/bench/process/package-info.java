@NullMarked
package io.switchhook.bench.process;

import org.jspecify.annotations.NullMarked;
