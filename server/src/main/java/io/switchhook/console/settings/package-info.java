/**
 * The pages of settings: keys, companies, what is kept for how long, and what was changed by whom.
 * Takes in forms, carries them out through the ports of the API, gives out pages.
 */
@NullMarked
package io.switchhook.console.settings;

import org.jspecify.annotations.NullMarked;
