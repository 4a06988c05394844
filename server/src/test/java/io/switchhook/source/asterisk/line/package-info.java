/** Tests of the line, with a fake Asterisk. */
@org.jspecify.annotations.NullMarked
package io.switchhook.source.asterisk.line;
