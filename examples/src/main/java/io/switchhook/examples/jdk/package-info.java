/**
 * A receiver on the JDK's own web server. Takes in requests of a webhook and answers them; what
 * they tell goes to a {@link io.switchhook.examples.CallBook}.
 */
@NullMarked
package io.switchhook.examples.jdk;

import org.jspecify.annotations.NullMarked;
