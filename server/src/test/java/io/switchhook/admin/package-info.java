/** Tests of the HTTP API, over a real server on the loopback address. */
@org.jspecify.annotations.NullMarked
package io.switchhook.admin;
