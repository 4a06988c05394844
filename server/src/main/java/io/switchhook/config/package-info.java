/**
 * What an installation is told once, at its start. Takes in a YAML file, the environment and the
 * command line; gives out {@link io.switchhook.config.Settings} or all mistakes together.
 */
@NullMarked
package io.switchhook.config;

import org.jspecify.annotations.NullMarked;
