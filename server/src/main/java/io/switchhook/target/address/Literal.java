package io.switchhook.target.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written as text, in the one spelling that every program reads alike. */
final class Literal {
  private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern DOTTED_QUAD =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);
  private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private Literal() {}

  /**
   * The address that {@code text} is: four decimal numbers without leading zeros, or IPv6 without
   * brackets and zone. Empty for names and for every odd spelling.
   */
  static Optional<InetAddress> parse(String text) {
    if (DOTTED_QUAD.matcher(text).matches()) {
      return Optional.of(Inet4Address.ofLiteral(text));
    }
    if (!COLONS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Inet6Address.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * True when some program would read {@code host} as an IPv4 address: its last label is a number
   * (WHATWG URL, "ends in a number"). {@code 0177.0.0.1}, {@code 0x7f.1}, {@code 2130706433} and
   * {@code 127.1} are read differently from program to program.
   */
  static boolean looksLikeIpv4(String host) {
    var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
  }

  /** The address of these 4 or 16 bytes. */
  static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes: " + bytes.length, e);
    }
  }
}
