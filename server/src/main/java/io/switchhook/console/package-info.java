/**
 * The console: pages for people, rendered here from what the API's ports know. Takes in requests of
 * browsers that have logged in with a key, gives out HTML; each page is a class in a package of its
 * own, with a record for what its template shows.
 */
@NullMarked
package io.switchhook.console;

import org.jspecify.annotations.NullMarked;
