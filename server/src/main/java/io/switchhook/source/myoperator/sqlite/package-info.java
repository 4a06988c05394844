/** The inbox of a MyOperator account in SQLite: a file in the source's own folder. */
@NullMarked
package io.switchhook.source.myoperator.sqlite;

import org.jspecify.annotations.NullMarked;
