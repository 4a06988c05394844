/**
 * The delivery truth on a disk: watermarks, lanes and give-ups as a few small tables of a file that
 * other owners share.
 */
@NullMarked
package io.switchhook.delivery.sqlite;

import org.jspecify.annotations.NullMarked;
