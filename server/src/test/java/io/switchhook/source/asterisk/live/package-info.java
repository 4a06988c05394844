/** Tests of the running source. */
@org.jspecify.annotations.NullMarked
package io.switchhook.source.asterisk.live;
