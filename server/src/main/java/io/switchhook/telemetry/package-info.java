/**
 * What an operator sees: metrics and log lines. Takes in what stages report, gives out Prometheus
 * text; knows nothing of what the numbers mean to anybody.
 */
@NullMarked
package io.switchhook.telemetry;

import org.jspecify.annotations.NullMarked;
