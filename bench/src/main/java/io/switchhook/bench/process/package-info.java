/**
 * The server that is measured or tried, as a process of its own. Takes in a settings file and a
 * data folder, gives out a running server that can be asked, stopped and killed, and what the
 * operating system and the virtual machine say of it.
 */
@NullMarked
package io.switchhook.bench.process;

import org.jspecify.annotations.NullMarked;
