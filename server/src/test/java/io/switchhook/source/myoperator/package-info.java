/** Tests of MyOperator accounts as a source. */
@NullMarked
package io.switchhook.source.myoperator;

import org.jspecify.annotations.NullMarked;
