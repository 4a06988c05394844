package io.switchhook.receiver;

import org.jspecify.annotations.Nullable;

/**
 * How a request's headers are looked up. What the web stack has is given as it is: {@code
 * request::getHeader} of a servlet, {@code exchange.getRequestHeaders()::getFirst} of the JDK's
 * server.
 */
@FunctionalInterface
public interface Headers {
  /** The header's first value, by its name in any case; null when there is none. */
  @Nullable String first(String name);
}
