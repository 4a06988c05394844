/**
 * Telling again. Takes in what somebody asks to be told once more, counts it, keeps the request
 * until it is carried out, and says how far it is; the telling itself is the delivery engine's.
 */
@NullMarked
package io.switchhook.replay;

import org.jspecify.annotations.NullMarked;
