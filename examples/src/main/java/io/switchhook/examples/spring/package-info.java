/**
 * A receiver on Spring Boot. Takes in requests of a webhook and answers them; what they tell goes
 * to a {@link io.switchhook.examples.CallBook}.
 */
@NullMarked
package io.switchhook.examples.spring;

import org.jspecify.annotations.NullMarked;
