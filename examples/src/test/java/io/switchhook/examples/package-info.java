/** Starts every example, and lets a real server tell it calls. Everything listens on loopback. */
@NullMarked
package io.switchhook.examples;

import org.jspecify.annotations.NullMarked;
