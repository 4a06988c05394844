/** What single pieces of the way of an event cost; see docs/performance.md. */
@org.jspecify.annotations.NullMarked
package io.switchhook.jmh;
