/** What every history store promises, checked over each of them, and what is built on them. */
@NullMarked
package io.switchhook.testkit.history;

import org.jspecify.annotations.NullMarked;
