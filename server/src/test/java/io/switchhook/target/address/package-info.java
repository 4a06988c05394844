/** Tests of the rules on addresses. */
@NullMarked
package io.switchhook.target.address;

import org.jspecify.annotations.NullMarked;
