/** The product. */
@org.jspecify.annotations.NullMarked
package io.switchhook;
