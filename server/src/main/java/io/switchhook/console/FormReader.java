package io.switchhook.console;

import io.switchhook.event.Bytes;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a form sends ({@code application/x-www-form-urlencoded}). */
final class FormReader {
  /** The most bytes of a form. */
  static final int SIZE_MAX = 256 * 1024;

  private FormReader() {}

  /** The fields; empty when it cannot be read. */
  static Optional<MultiMap> read(Bytes body) {
    var fields = MultiMap.caseInsensitiveMultiMap();
    for (var pair : body.utf8().split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      var end = pair.indexOf('=');
      try {
        fields.add(
            decoded(end < 0 ? pair : pair.substring(0, end)),
            end < 0 ? "" : decoded(pair.substring(end + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
