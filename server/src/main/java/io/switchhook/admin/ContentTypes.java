package io.switchhook.admin;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What kind of body a request says that it has. A request that does not say has JSON. */
final class ContentTypes {
  private static final Set<String> LINES =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  private ContentTypes() {}

  static boolean isLines(MultiMap headers) {
    return LINES.contains(mediaType(headers));
  }

  /** Why a body of this kind is not read by a route; empty when it is. */
  static Optional<String> objection(MultiMap headers, Route.Intake intake) {
    var encoding = headers.get("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Optional.of("A body must come as it is, without Content-Encoding.");
    }
    if (intake == Route.Intake.NOTHING || intake == Route.Intake.ANYTHING) {
      return Optional.empty();
    }
    var type = mediaType(headers);
    boolean isLogs = intake == Route.Intake.LOGS;
    if (!type.equals("application/json") && !(isLogs && LINES.contains(type))) {
      return Optional.of(
          "Content-Type is "
              + (type.length() <= 60 ? type : type.substring(0, 60))
              + "; it must be application/json"
              + (isLogs ? " or application/x-ndjson." : "."));
    }
    return hasOtherCharset(headers) ? Optional.of("The charset must be UTF-8.") : Optional.empty();
  }

  private static String mediaType(MultiMap headers) {
    var value = headers.get("Content-Type");
    return value == null
        ? "application/json"
        : beforeSemicolon(value).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean hasOtherCharset(MultiMap headers) {
    var value = headers.get("Content-Type");
    if (value == null) {
      return false;
    }
    int at = value.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return false;
    }
    var charset = beforeSemicolon(value.substring(at + "charset=".length()));
    return !charset.replace("\"", "").strip().equalsIgnoreCase("utf-8");
  }

  private static String beforeSemicolon(String value) {
    int end = value.indexOf(';');
    return end < 0 ? value : value.substring(0, end);
  }
}
