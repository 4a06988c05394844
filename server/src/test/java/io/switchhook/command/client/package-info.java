@NullMarked
package io.switchhook.command.client;

import org.jspecify.annotations.NullMarked;
