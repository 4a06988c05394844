/** Tests of metrics and log lines. */
@org.jspecify.annotations.NullMarked
package io.switchhook.telemetry;
