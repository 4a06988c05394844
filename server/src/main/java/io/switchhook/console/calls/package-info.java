/**
 * Calls: to search, to export, and one of them as a timeline. Takes in history, gives out pages.
 */
@NullMarked
package io.switchhook.console.calls;

import org.jspecify.annotations.NullMarked;
