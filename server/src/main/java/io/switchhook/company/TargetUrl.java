package io.switchhook.company;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a target URL may look like, whatever stands behind it. */
final class TargetUrl {
  static final int LENGTH_MAX = 2_048;

  private static final int PORT_MAX = 65_535;

  private TargetUrl() {}

  /** The URL in {@code target_url}; what is wrong with it is noted. */
  static Optional<URI> read(ObjectReader webhook) {
    return webhook
        .requiredText("target_url", LENGTH_MAX)
        .flatMap(
            text -> {
              try {
                var url = new URI(text);
                var objection = objectionTo(url, text);
                objection.ifPresent(problem -> webhook.refuse("target_url", problem));
                return objection.isEmpty() ? Optional.of(url) : Optional.empty();
              } catch (URISyntaxException e) {
                webhook.refuse(
                    "target_url",
                    "is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
                return Optional.empty();
              }
            });
  }

  private static Optional<String> objectionTo(URI url, String text) {
    var scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return Optional.of("must be an absolute URL with http:// or https://");
    }
    if (url.getRawUserInfo() != null || (url.getHost() == null && text.contains("@"))) {
      return Optional.of("must have no user name or password in it; use basic_auth");
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      return Optional.of("has no host name or address that can be read");
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      return Optional.of(
          "must be ASCII; percent-encode its path and query, and write its host in punycode");
    }
    if (url.getRawFragment() != null) {
      return Optional.of("must have no fragment (#…): a fragment is never sent");
    }
    if (url.getPort() == 0 || url.getPort() > PORT_MAX) {
      return Optional.of("has a port outside 1 to " + PORT_MAX);
    }
    return Optional.empty();
  }
}
