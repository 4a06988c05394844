/**
 * What a receiver remembers, in a database. Takes in the ids of what came and says which of them
 * were worked on, also after a restart.
 */
@NullMarked
package io.switchhook.examples.jdbc;

import org.jspecify.annotations.NullMarked;
