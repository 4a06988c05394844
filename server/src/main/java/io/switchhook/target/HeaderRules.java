package io.switchhook.target;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a webhook may be configured with (RFC 9110 §5.5, §5.6.2). */
public final class HeaderRules {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
  private static final int VALUE_LENGTH_MAX = 4096;

  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");
  private static final List<String> OUR_PREFIXES = List.of("proxy-", "switchhook-", "webhook-");

  private HeaderRules() {}

  /** Why this header cannot be configured, in words for people; empty when it can. */
  public static Optional<String> problem(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "a header's name is 1 to 100 letters, digits, hyphens or other token characters");
    }
    if (isOurs(name)) {
      return Optional.of("the header " + name + " is set by Switchhook itself");
    }
    if (value.length() > VALUE_LENGTH_MAX) {
      return Optional.of("a header's value has at most " + VALUE_LENGTH_MAX + " characters");
    }
    return value.isEmpty() || VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "the value of the header "
                + name
                + " must be visible ASCII characters and spaces between them, without line breaks");
  }

  /** True when Switchhook, or the connection, sets this header itself. */
  public static boolean isOurs(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith);
  }
}
