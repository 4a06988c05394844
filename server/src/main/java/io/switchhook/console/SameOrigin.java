package io.switchhook.console;

import io.vertx.core.MultiMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of our own pages from those that another site makes a browser send. By what the
 * browser itself says: {@code Sec-Fetch-Site} (W3C Fetch Metadata), and where it says nothing of
 * the kind, as over plain HTTP, {@code Origin}. A request that says neither is not ours.
 */
final class SameOrigin {
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private SameOrigin() {}

  /** True when a request that changes something comes from a page of this very server. */
  static boolean sent(MultiMap headers) {
    var site = headers.get("Sec-Fetch-Site");
    if (site != null) {
      return OURS.contains(site);
    }
    var origin = headers.get("Origin");
    var host = headers.get("Host");
    return origin != null && host != null && host.equalsIgnoreCase(authority(origin));
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
