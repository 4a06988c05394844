/**
 * A receiver on any servlet container (Jakarta Servlet 6). Takes in requests of a webhook and
 * answers them; what they tell goes to a {@link io.switchhook.examples.CallBook}.
 */
@NullMarked
package io.switchhook.examples.servlet;

import org.jspecify.annotations.NullMarked;
