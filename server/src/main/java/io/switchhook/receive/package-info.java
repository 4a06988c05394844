/**
 * The other end: a receiver of webhooks for trying and testing. Takes in requests in every dress
 * that call logs come in; gives out what they told, and answers as it was asked to, also badly.
 */
@NullMarked
package io.switchhook.receive;

import org.jspecify.annotations.NullMarked;
