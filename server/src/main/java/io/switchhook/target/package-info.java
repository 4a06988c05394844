/**
 * One attempt: composes the request, sends it, and gives back one outcome. Knows nothing of
 * retries.
 */
@NullMarked
package io.switchhook.target;

import org.jspecify.annotations.NullMarked;
