/** Tests of the console's pages of webhooks. */
@NullMarked
package io.switchhook.console.webhooks;

import org.jspecify.annotations.NullMarked;
