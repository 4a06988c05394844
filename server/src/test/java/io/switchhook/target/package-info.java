/** Tests of the requests that go out and of the outcomes that come back. */
@NullMarked
package io.switchhook.target;

import org.jspecify.annotations.NullMarked;
