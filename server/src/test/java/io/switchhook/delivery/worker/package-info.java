/** Tests of the workers: what they carry out, and what they do when something of it fails. */
@NullMarked
package io.switchhook.delivery.worker;

import org.jspecify.annotations.NullMarked;
