/**
 * What a company configures: where its events are told, how the request looks, which events it
 * wants. Values only.
 */
@NullMarked
package io.switchhook.webhook;

import org.jspecify.annotations.NullMarked;
