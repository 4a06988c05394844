package io.switchhook.receive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sender must show to be believed: a secret header, basic authentication, both, or nothing.
 * Compared in a time that does not tell how much of it was right.
 */
public final class Proof {
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*)");

  private final @Nullable String headerName;
  private final byte[] headerValue;
  private final byte @Nullable [] authorization;

  private Proof(@Nullable String headerName, byte[] headerValue, byte @Nullable [] authorization) {
    this.headerName = headerName;
    this.headerValue = headerValue;
    this.authorization = authorization;
  }

  /** What came of reading what the user asked for. */
  public sealed interface Parsed {}

  /** What must be shown. */
  public record Asked(Proof proof) implements Parsed {}

  /** Why that cannot be asked for, in words; never with the secret in it. */
  public record Wrong(String reason) implements Parsed {}

  /** Nothing need be shown. */
  public static Proof none() {
    return new Proof(null, new byte[0], null);
  }

  /**
   * Reads what must be shown.
   *
   * @param header {@code Name: value}; null for none
   * @param basicAuth {@code USER:PASSWORD}; null for none
   */
  public static Parsed parse(@Nullable String header, @Nullable String basicAuth) {
    String name = null;
    var value = "";
    if (header != null) {
      var match = HEADER.matcher(header);
      if (!match.matches() || match.group(2).isBlank()) {
        return new Wrong("a header is written as Name: value, such as my-secret-token: abc123def");
      }
      name = match.group(1);
      value = match.group(2).strip();
    }
    if (basicAuth != null && !basicAuth.contains(":")) {
      return new Wrong("basic authentication is written as USER:PASSWORD, such as admin:123456");
    }
    return new Asked(new Proof(name, utf8(value), authorization(basicAuth)));
  }

  /** True when the request's headers, looked up by name, show all that is asked. */
  public boolean isShownBy(Function<String, @Nullable String> headers) {
    // Both are always looked at, so that time does not tell which of them failed.
    var isHeaderShown = isHeaderShown(headers);
    var isAuthorizationShown = isAuthorizationShown(headers);
    return isHeaderShown && isAuthorizationShown;
  }

  private boolean isHeaderShown(Function<String, @Nullable String> headers) {
    return headerName == null
        || MessageDigest.isEqual(headerValue, utf8(headers.apply(headerName)));
  }

  private boolean isAuthorizationShown(Function<String, @Nullable String> headers) {
    if (authorization == null) {
      return true;
    }
    var shown = headers.apply("Authorization");
    var scheme = "Basic ";
    // The scheme's name may be in any case (RFC 9110, section 11.1).
    var isBasic = shown != null && shown.regionMatches(true, 0, scheme, 0, scheme.length());
    var credentials = isBasic && shown != null ? shown.substring(scheme.length()).strip() : "";
    return MessageDigest.isEqual(authorization, utf8(credentials));
  }

  private static byte @Nullable [] authorization(@Nullable String basicAuth) {
    return basicAuth == null ? null : Base64.getEncoder().encode(utf8(basicAuth));
  }

  private static byte[] utf8(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
