@NullMarked
package io.switchhook.bench.run;

import org.jspecify.annotations.NullMarked;
