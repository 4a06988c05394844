/**
 * The events of MyOperator's Webhook v2: an envelope that names what happened, and in it the call
 * as it stands. Takes in nothing and knows nothing but its own shape; {@code EnvelopeReader} reads.
 */
@NullMarked
package io.switchhook.calllog.v2;

import org.jspecify.annotations.NullMarked;
