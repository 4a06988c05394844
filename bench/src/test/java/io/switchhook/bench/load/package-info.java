@NullMarked
package io.switchhook.bench.load;

import org.jspecify.annotations.NullMarked;
