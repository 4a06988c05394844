package io.switchhook.company;

import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Header;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a webhook has already, for which a mark may stand in what is read now.
 *
 * @param target where they are sent; null when there are none
 * @param headers the values by lower-case name
 * @param password of the basic authentication; null without one
 * @param signing the signing secrets, the newest first
 */
record KeptSecrets(
    @Nullable URI target,
    Map<String, String> headers,
    @Nullable String password,
    List<String> signing) {
  /** What reads show in place of a secret. */
  static final String MARK = "••••";

  /** A webhook that is new has none. */
  static final KeptSecrets NONE = new KeptSecrets(null, Map.of(), null, List.of());

  KeptSecrets {
    headers = Map.copyOf(headers);
    signing = List.copyOf(signing);
  }

  static KeptSecrets of(RequestShape request) {
    var headers = new HashMap<String, String>();
    for (Header header : request.headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.value());
    }
    return new KeptSecrets(
        request.targetUrl(),
        headers,
        request.basicAuth() == null ? null : request.basicAuth().password(),
        request.signing() == null ? List.of() : request.signing().secrets());
  }

  /** Why no mark may stand in a webhook that goes to {@code url}; empty when marks may. */
  Optional<String> objectionToMarks(@Nullable URI url) {
    if (target == null) {
      return Optional.of("•••• stands for a value that is kept already, and none is: enter it");
    }
    if (url != null && !origin(url).equals(origin(target))) {
      return Optional.of(
          "the scheme, host or port of target_url changes, so secrets are not carried over: enter"
              + " it again");
    }
    return Optional.empty();
  }

  private static String origin(URI url) {
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  @Override
  public String toString() {
    return "KeptSecrets";
  }
}
