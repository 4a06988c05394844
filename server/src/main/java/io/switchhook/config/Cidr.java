package io.switchhook.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Networks as they are written: an address, a slash, the number of leading bits that count. */
final class Cidr {
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]{2,39}");
  private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

  private Cidr() {}

  /** The network in its one way of writing; empty when {@code text} is none. */
  static Optional<String> normalised(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !BITS.matcher(text.substring(slash + 1)).matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    return address(text.substring(0, slash))
        .filter(address -> bits <= address.length * 8 && isZeroBehind(address, bits))
        .map(address -> written(address) + "/" + bits);
  }

  private static Optional<byte[]> address(String text) {
    boolean isLiteral =
        V4.matcher(text).matches() || (text.contains(":") && V6.matcher(text).matches());
    if (!isLiteral) {
      return Optional.empty();
    }
    try {
      // Never asks a name server: the text can only be a literal.
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** A network with bits behind its mask is a slip of the pen: 10.1.2.3/8 meant something else. */
  private static boolean isZeroBehind(byte[] address, int bits) {
    for (int bit = bits; bit < address.length * 8; bit++) {
      if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String written(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
