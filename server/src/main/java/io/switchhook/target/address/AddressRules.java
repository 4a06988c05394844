package io.switchhook.target.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/*
 * Which addresses may be called, by bytes. The predicates of the Java platform are not used: they
 * do not know unique local, carrier-grade, translated or embedded addresses.
 *
 * Sources: the IANA registries of IPv4 and IPv6 special-purpose addresses (RFC 6890 and its
 * updates), multicast (RFC 5771, RFC 4291), deprecated site-local (RFC 3879), 6to4 (RFC 3056,
 * RFC 7526), Teredo (RFC 4380), NAT64 (RFC 6052, RFC 8215). Of IPv6 only 2000::/3 is given out to
 * the public (RFC 4291), so all the rest is refused.
 *
 * An IPv4 address inside an IPv6 one: mapped and compatible addresses are judged as the IPv4
 * address that they are. A NAT64 or 6to4 address must be allowed itself, and so must the IPv4
 * address in it: otherwise 64:ff9b::a9fe:a9fe would lead to a cloud's metadata.
 *
 * Metadata services hand credentials to whoever can call them, and some stand in ranges that people
 * allow for other reasons. They are opened only by naming them in full length.
 */
/** Says of an address whether it may be called. */
final class AddressRules {
  private record Range(Network network, String words) {}

  private static final List<Range> SPECIAL =
      List.of(
          range("0.0.0.0/8", "\"this network\""),
          range("10.0.0.0/8", "a private network"),
          range("100.64.0.0/10", "a carrier's shared network"),
          range("127.0.0.0/8", "this machine itself"),
          range("169.254.0.0/16", "a link-local network"),
          range("172.16.0.0/12", "a private network"),
          range("192.0.0.0/24", "reserved for protocols"),
          range("192.0.2.0/24", "reserved for documentation"),
          range("192.31.196.0/24", "reserved for AS112"),
          range("192.52.193.0/24", "reserved for multicast tunnels"),
          range("192.88.99.0/24", "a 6to4 relay"),
          range("192.168.0.0/16", "a private network"),
          range("192.175.48.0/24", "reserved for AS112"),
          range("198.18.0.0/15", "reserved for benchmarks"),
          range("198.51.100.0/24", "reserved for documentation"),
          range("203.0.113.0/24", "reserved for documentation"),
          range("224.0.0.0/4", "multicast"),
          range("240.0.0.0/4", "reserved"),
          range("::/128", "no address"),
          range("::1/128", "this machine itself"),
          range("64:ff9b::/96", "a translation to IPv4 (NAT64)"),
          range("64:ff9b:1::/48", "a translation to IPv4 (NAT64)"),
          range("100::/64", "reserved for discarding"),
          range("100:0:0:1::/64", "reserved for discarding"),
          range("2001::/32", "a Teredo tunnel"),
          range("2001::/23", "reserved for protocols"),
          range("2001:db8::/32", "reserved for documentation"),
          range("2002::/16", "a 6to4 tunnel"),
          range("2620:4f:8000::/48", "reserved for AS112"),
          range("3fff::/20", "reserved for documentation"),
          range("5f00::/16", "reserved for segment routing"),
          range("fc00::/7", "a private network (unique local)"),
          range("fe80::/10", "a link-local network"),
          range("fec0::/10", "a private network (site-local)"),
          range("ff00::/8", "multicast"));

  private static final List<Network> METADATA =
      List.of(
          Network.of("169.254.169.254"),
          Network.of("169.254.170.2"),
          Network.of("169.254.170.23"),
          Network.of("168.63.129.16"),
          Network.of("100.100.100.200"),
          Network.of("192.0.0.192"),
          Network.of("fd00:ec2::254"),
          Network.of("fd00:ec2::23"),
          Network.of("fd20:ce::254"));

  private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  private static final Network COMPATIBLE = Network.of("::/96");
  private static final Network NAT64 = Network.of("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.of("2002::/16");
  private static final Network PUBLIC_V6 = Network.of("2000::/3");

  private final AllowedNetworks allowed;

  AddressRules(AllowedNetworks allowed) {
    this.allowed = allowed;
  }

  private static Range range(String network, String words) {
    return new Range(Network.of(network), words);
  }

  /** What the address is, in words, when it may not be called; empty when it may. */
  Optional<String> refusal(InetAddress address) {
    return refusal(address.getAddress());
  }

  /** The same of 4 or 16 bytes. */
  Optional<String> refusal(byte[] address) {
    if (isIpv4InIpv6(address)) {
      return refusal(Arrays.copyOfRange(address, 12, 16));
    }
    if (isMetadata(address)) {
      return allowed.name(address) ? Optional.empty() : Optional.of("a cloud's metadata service");
    }
    if (allowed.contain(address)) {
      return refusalOfTranslated(address);
    }
    for (var special : SPECIAL) {
      if (special.network.contains(address)) {
        return Optional.of(special.words);
      }
    }
    return address.length == 4 || PUBLIC_V6.contains(address)
        ? Optional.empty()
        : Optional.of("not a public address");
  }

  private static boolean isMetadata(byte[] address) {
    for (var service : METADATA) {
      if (service.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> refusalOfTranslated(byte[] address) {
    if (NAT64.contains(address)) {
      return refusal(Arrays.copyOfRange(address, 12, 16));
    }
    return SIX_TO_FOUR.contains(address)
        ? refusal(Arrays.copyOfRange(address, 2, 6))
        : Optional.empty();
  }

  private static boolean isIpv4InIpv6(byte[] address) {
    return address.length == 16
        && (isMapped(address) || (COMPATIBLE.contains(address) && !isZeroOrOne(address)));
  }

  /** {@code ::ffff:0:0/96}; the Java platform reads such text as IPv4, bytes may still come so. */
  private static boolean isMapped(byte[] address) {
    return Arrays.equals(address, 0, MAPPED_PREFIX.length, MAPPED_PREFIX, 0, MAPPED_PREFIX.length);
  }

  /** {@code ::} and {@code ::1} have the shape of compatible addresses and are not. */
  private static boolean isZeroOrOne(byte[] address) {
    return address[12] == 0 && address[13] == 0 && address[14] == 0 && (address[15] & 0xFE) == 0;
  }
}
