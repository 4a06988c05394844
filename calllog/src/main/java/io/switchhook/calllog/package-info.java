/**
 * Call logs as MyOperator writes them: reads them in every dress they come in, writes them exactly.
 * Takes in bytes, gives out values or the reason why there is none; knows nothing of a server.
 */
@NullMarked
package io.switchhook.calllog;

import org.jspecify.annotations.NullMarked;
