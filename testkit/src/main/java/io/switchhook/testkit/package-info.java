/** Simulation, contract suites and fakes. */
@org.jspecify.annotations.NullMarked
package io.switchhook.testkit;
