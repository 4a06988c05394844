package io.switchhook.target.address;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URL taken apart, with a host in the one spelling that every program reads alike.
 * Whether its address may be called is not known yet.
 *
 * @param uri the URL as it was written
 * @param host in lower case, without a dot at its end and without brackets
 * @param port 1 to 65535; the scheme's own when the URL has none
 * @param address null when the host is a name
 */
public record TargetUrl(URI uri, String host, int port, @Nullable InetAddress address) {
  /** The longest URL that is taken, in characters. */
  public static final int LENGTH_MAX = 2048;

  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final int NAME_LENGTH_MAX = 253;

  /** What came of reading a URL. */
  public sealed interface Parsed {}

  /** A URL that can be a target. */
  public record Usable(TargetUrl url) implements Parsed {}

  /** What is wrong with the URL and what is allowed, in words for people. */
  public record Unusable(String words) implements Parsed {}

  /** Reads a target URL. */
  public static Parsed parse(String text) {
    if (text.length() > LENGTH_MAX) {
      return new Unusable(
          "the URL has " + text.length() + " characters; at most " + LENGTH_MAX + " are allowed");
    }
    try {
      return of(new URI(text));
    } catch (URISyntaxException e) {
      var place = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      return new Unusable(
          "this is no URL"
              + place
              + "; expected something like https://crm.example.com/webhook.php, with other"
              + " characters percent-encoded");
    }
  }

  /** Checks a URL that is read already. */
  public static Parsed of(URI uri) {
    var wrong = problem(uri);
    if (wrong != null) {
      return new Unusable(wrong);
    }
    var host = plainHost(uri.getHost());
    var wrongHost = problemOfHost(host);
    return wrongHost == null
        ? new Usable(new TargetUrl(uri, host, portOf(uri), Literal.parse(host).orElse(null)))
        : new Unusable(wrongHost);
  }

  /** True when the connection is made with TLS. */
  public boolean isTls() {
    return isTls(uri);
  }

  /** The address, when the host is one and no name. */
  public Optional<InetAddress> literal() {
    return Optional.ofNullable(address);
  }

  /** Host and port for people: {@code crm.example.com:443}, {@code [fd00::1]:8080}. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The value of the {@code Host} header: the scheme's own port is left out (RFC 9110 §7.2). */
  public String hostHeader() {
    var own = isTls() ? 443 : 80;
    var authority = authority();
    return port == own ? authority.substring(0, authority.lastIndexOf(':')) : authority;
  }

  private static @Nullable String problem(URI uri) {
    var scheme = uri.getScheme();
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      return "the URL must begin with http:// or https://";
    }
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      return "the URL has a user name or password in it; put them into basic_auth";
    }
    if (uri.getRawFragment() != null) {
      return "the URL has a fragment (the part behind #), which is never sent; leave it out";
    }
    if (uri.getHost() == null) {
      return "the URL has no host that can be read; a host is a name of letters, digits, dots and"
          + " hyphens (write others in their xn-- form), an IPv4 address, or an IPv6 address in"
          + " brackets";
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "port " + uri.getPort() + " cannot be called; a port is 1 to 65535";
    }
    return null;
  }

  private static @Nullable String problemOfHost(String host) {
    if (Literal.parse(host).isPresent()) {
      return null;
    }
    if (host.contains(":") || host.contains("%")) {
      return "the host is no IPv6 address without a zone";
    }
    if (Literal.looksLikeIpv4(host)) {
      return "the host "
          + host
          + " is an IPv4 address in an odd spelling; write four decimal numbers without leading"
          + " zeros, such as 192.0.2.10";
    }
    return host.length() <= NAME_LENGTH_MAX && NAME.matcher(host).matches()
        ? null
        : "the host is no name that can be looked up: labels have 1 to 63 letters, digits and"
            + " hyphens, the whole at most 253 characters";
  }

  private static String plainHost(String host) {
    var lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      return lower.substring(1, lower.length() - 1);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static int portOf(URI uri) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return isTls(uri) ? 443 : 80;
  }

  private static boolean isTls(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }
}
