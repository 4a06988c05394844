/** What the journal on a disk does after restarts, crashes and damage. */
@NullMarked
package io.switchhook.testkit.journal;

import org.jspecify.annotations.NullMarked;
