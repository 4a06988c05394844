package io.switchhook.target.netty;

import io.switchhook.target.address.TargetUrl;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Where URLs lead, each host taken apart and judged once. For one event loop. */
final class Places {
  static final int KEPT_MAX = 4_096;

  private final Map<String, Place.Host> plain = new HashMap<>();
  private final Map<String, Place.Host> secured = new HashMap<>();

  /** Where this URL leads. */
  Place of(URI url) {
    var authority = url.getRawAuthority();
    var scheme = url.getScheme();
    var isTls = "https".equalsIgnoreCase(scheme);
    // All that is judged of a URL is in its scheme, its authority and its fragment.
    if (authority == null
        || !(isTls || "http".equalsIgnoreCase(scheme))
        || url.getRawFragment() != null) {
      return judged(url);
    }
    var kept = isTls ? secured : plain;
    var known = kept.get(authority);
    if (known != null) {
      return known;
    }
    var place = judged(url);
    if (place instanceof Place.Host host) {
      if (kept.size() >= KEPT_MAX) {
        kept.clear();
      }
      kept.put(authority, host);
    }
    return place;
  }

  private static Place judged(URI url) {
    return switch (TargetUrl.of(url)) {
      case TargetUrl.Usable(var usable) -> new Place.Host(usable);
      case TargetUrl.Unusable(var words) -> new Place.Nowhere(words);
    };
  }
}
