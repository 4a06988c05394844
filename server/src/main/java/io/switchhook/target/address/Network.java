package io.switchhook.target.address;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, written as CIDR (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code fd00::/8};
 * an address alone is a range of one.
 */
public final class Network {
  /** What {@link #parse} takes, in words for people. */
  public static final String EXPECTED =
      "a network such as 10.0.0.0/8 or fd00::/8, or one address such as 192.168.1.20";

  private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final byte[] base;
  private final int prefixLength;

  private Network(byte[] base, int prefixLength) {
    this.base = base;
    this.prefixLength = prefixLength;
  }

  /**
   * Reads a network; empty when {@code text} is not one ({@link #EXPECTED}). Bits behind the prefix
   * must be zero: {@code 10.0.0.1/8} is a mistake, not a wish.
   */
  public static Optional<Network> parse(String text) {
    var slash = text.indexOf('/');
    var address = Literal.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    var bytes = address.get().getAddress();
    if (slash < 0) {
      return Optional.of(new Network(bytes, bytes.length * 8));
    }
    var length = text.substring(slash + 1);
    if (!PREFIX_LENGTH.matcher(length).matches() || Integer.parseInt(length) > bytes.length * 8) {
      return Optional.empty();
    }
    var network = new Network(bytes, Integer.parseInt(length));
    return network.restIsZero() ? Optional.of(network) : Optional.empty();
  }

  /** A network that stands in the code. */
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a network: " + text));
  }

  /** True when it names one address. */
  boolean isSingle() {
    return prefixLength == base.length * 8;
  }

  /** True when the address is in it: 4 bytes for IPv4, 16 for IPv6; families do not mix. */
  boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    var whole = prefixLength / 8;
    if (!Arrays.equals(address, 0, whole, base, 0, whole)) {
      return false;
    }
    var rest = prefixLength % 8;
    return rest == 0 || ((address[whole] ^ base[whole]) & 0xFF) >> (8 - rest) == 0;
  }

  private boolean restIsZero() {
    for (var bit = prefixLength; bit < base.length * 8; bit++) {
      if ((base[bit / 8] & (0x80 >> bit % 8)) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && prefixLength == network.prefixLength
        && Arrays.equals(base, network.base);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(base) * 31 + prefixLength;
  }

  @Override
  public String toString() {
    return Literal.ofBytes(base).getHostAddress() + "/" + prefixLength;
  }
}
