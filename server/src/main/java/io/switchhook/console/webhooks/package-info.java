/**
 * Where calls are told: the list of webhooks with their health, the form with the very request that
 * it would send, trials, secrets, and telling again. Takes in what people fill in, gives out pages.
 */
@NullMarked
package io.switchhook.console.webhooks;

import org.jspecify.annotations.NullMarked;
