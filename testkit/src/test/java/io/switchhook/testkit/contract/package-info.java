/** The contract suites, run over every adapter. */
@NullMarked
package io.switchhook.testkit.contract;

import org.jspecify.annotations.NullMarked;
