/** Tests of what goes over the network, with receivers that do whatever a test says. */
@NullMarked
package io.switchhook.target.netty;

import org.jspecify.annotations.NullMarked;
