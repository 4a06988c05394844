@NullMarked
package io.switchhook.bench.report;

import org.jspecify.annotations.NullMarked;
