/**
 * Talks to a running server's API on behalf of commands. Takes in paths and bodies, gives out
 * answers, or says in words why there is none.
 */
@NullMarked
package io.switchhook.command.client;

import org.jspecify.annotations.NullMarked;
