/** Tests of companies, keys and webhooks. */
@org.jspecify.annotations.NullMarked
package io.switchhook.company;
