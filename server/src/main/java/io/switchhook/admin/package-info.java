/**
 * The HTTP API. Takes in requests of people and programs with their keys, gives out answers and
 * problem documents; what is asked for, other packages do.
 */
@NullMarked
package io.switchhook.admin;

import org.jspecify.annotations.NullMarked;
