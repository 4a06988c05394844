/**
 * The console in a real browser: each page is used, photographed under {@code target/screenshots},
 * and looked through by axe-core.
 */
@NullMarked
package io.switchhook.browser;

import org.jspecify.annotations.NullMarked;
