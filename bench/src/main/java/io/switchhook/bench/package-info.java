/**
 * The bench: what a server takes and tells, how soon and at what cost, measured from outside so
 * that anyone can repeat it. Takes in a command line, gives out tables, JSON and a page.
 */
@NullMarked
package io.switchhook.bench;

import org.jspecify.annotations.NullMarked;
