/**
 * What was told to whom, and why it was not: deliveries to search, the failed ones counted by what
 * came back. Takes in searches, gives out a page that leads to the call and to the exact request.
 */
@NullMarked
package io.switchhook.console.deliveries;

import org.jspecify.annotations.NullMarked;
