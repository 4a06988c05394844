package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.webhook.RequestShape.Header;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code headers} of a webhook: texts of the form {@code Name: value}. */
final class HeaderLines {
  static final int COUNT_MAX = 20;
  static final int SIZE_MAX = 8_192;

  private static final String LINE = "headers";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** Set by us, or they would break the framing of the request (RFC 9110, RFC 9112). */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "content-encoding",
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "user-agent");

  private static final List<String> OUR_PREFIXES = List.of("proxy-", "webhook-", "switchhook-");

  private final ObjectReader webhook;
  private final KeptSecrets kept;
  private final @Nullable URI target;
  private final Set<String> seen = new HashSet<>();

  HeaderLines(ObjectReader webhook, KeptSecrets kept, @Nullable URI target) {
    this.webhook = webhook;
    this.kept = kept;
    this.target = target;
  }

  /** The headers, in their order; what is wrong is noted. */
  List<Header> read() {
    var headers = new ArrayList<Header>();
    var lines = webhook.list(LINE, COUNT_MAX);
    int size = 0;
    for (int index = 0; index < lines.size(); index++) {
      var header = readLine(lines.get(index), LINE + "[" + index + "]");
      if (header.isPresent()) {
        headers.add(header.get());
        size += header.get().name().length() + header.get().value().length() + 4;
      }
    }
    if (size > SIZE_MAX) {
      webhook.refuse(LINE, "take " + size + " bytes; allowed are at most " + SIZE_MAX);
    }
    if (webhook.value("basic_auth").isPresent() && seen.contains("authorization")) {
      webhook.refuse(LINE, "has Authorization, which basic_auth sets already: give one of the two");
    }
    return headers;
  }

  private Optional<Header> readLine(JsonNode node, String at) {
    if (!node.isTextual()) {
      webhook.refuse(at, "must be a text such as \"my-secret-token: abc123\"");
      return Optional.empty();
    }
    var line = node.textValue();
    int colon = line.indexOf(':');
    if (colon < 0) {
      webhook.refuse(at, "has no colon; write it as \"Name: value\"");
      return Optional.empty();
    }
    var name = line.substring(0, colon).strip();
    var objection = objectionTo(name, line);
    if (objection.isPresent()) {
      webhook.refuse(at, objection.get());
      return Optional.empty();
    }
    return valueOf(name, line.substring(colon + 1).strip(), at)
        .map(value -> new Header(name, value));
  }

  private Optional<String> objectionTo(String name, String line) {
    if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
      return Optional.of("must have no line break (CR, LF) or NUL in it");
    }
    if (!TOKEN.matcher(name).matches()) {
      return Optional.of(
          "has a name that is none: letters, digits and !#$%&'*+-.^_`|~ are allowed");
    }
    var lower = name.toLowerCase(Locale.ROOT);
    if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return Optional.of(name + " is set by Switchhook itself");
    }
    return seen.add(lower)
        ? Optional.empty()
        : Optional.of("names " + name + " a second time; a name may stand once");
  }

  private Optional<String> valueOf(String name, String value, String at) {
    if (value.equals(KeptSecrets.MARK)) {
      var objection =
          kept.objectionToMarks(target)
              .or(
                  () ->
                      kept.headers().containsKey(name.toLowerCase(Locale.ROOT))
                          ? Optional.empty()
                          : Optional.of("•••• stands for a kept value, and " + name + " has none"));
      objection.ifPresent(problem -> webhook.refuse(at, problem));
      return objection.isPresent()
          ? Optional.empty()
          : Optional.ofNullable(kept.headers().get(name.toLowerCase(Locale.ROOT)));
    }
    if (!VISIBLE.matcher(value).matches()) {
      webhook.refuse(at, "has a value that is not visible ASCII");
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
