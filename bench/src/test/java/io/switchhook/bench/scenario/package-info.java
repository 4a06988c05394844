@NullMarked
package io.switchhook.bench.scenario;

import org.jspecify.annotations.NullMarked;
