/** Call logs as MyOperator writes them. */
@org.jspecify.annotations.NullMarked
package io.switchhook.calllog;
