/**
 * Requests on their way to receivers' servers, and the answers, on bare Netty. A request comes in,
 * one outcome goes out. Everything about an attempt happens on one event loop, and so does
 * everything about a connection; nothing is shared between loops.
 */
@NullMarked
package io.switchhook.target.netty;

import org.jspecify.annotations.NullMarked;
