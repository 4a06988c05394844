@NullMarked
package io.switchhook.bench.receive;

import org.jspecify.annotations.NullMarked;
