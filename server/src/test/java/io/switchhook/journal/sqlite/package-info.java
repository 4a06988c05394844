/** Tests of the journal on a disk that need to see inside it. */
@NullMarked
package io.switchhook.journal.sqlite;

import org.jspecify.annotations.NullMarked;
