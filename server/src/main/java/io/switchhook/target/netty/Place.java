package io.switchhook.target.netty;

import io.switchhook.target.address.TargetUrl;
import java.nio.charset.StandardCharsets;

/** Where a URL leads, without its path. */
sealed interface Place {

  /** A URL that cannot be a target; {@code words} say why, for people. */
  record Nowhere(String words) implements Place {}

  /** What all requests to one scheme, host and port have in common. */
  final class Host implements Place {
    private final TargetUrl url;
    private final String authority;
    private final boolean isTls;
    private final byte[] hostLine;

    /** The host of this URL; its path does not matter. */
    Host(TargetUrl url) {
      this.url = url;
      this.authority = url.authority();
      this.isTls = url.isTls();
      this.hostLine = ("Host: " + url.hostHeader() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A URL that leads here, for the gate. */
    TargetUrl url() {
      return url;
    }

    /** The host's name or address, as TLS needs it. */
    String name() {
      return url.host();
    }

    int port() {
      return url.port();
    }

    boolean isTls() {
      return isTls;
    }

    /** True when the URL has an address in place of a name. */
    boolean isLiteral() {
      return url.literal().isPresent();
    }

    /** Host and port for people. */
    String authority() {
      return authority;
    }

    /** The {@code Host} header with its line end. Only to be read. */
    byte[] hostLine() {
      return hostLine;
    }
  }
}
