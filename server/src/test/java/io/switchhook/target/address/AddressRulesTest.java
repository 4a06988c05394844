package io.switchhook.target.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressRulesTest {
  /*
   * The oracle: what the registries say, as plain text and compared as big numbers, so that it
   * shares nothing with the rules under test.
   */
  private static final List<String> NOT_PUBLIC_V4 =
      List.of(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12",
          "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24",
          "192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24",
          "224.0.0.0/4 240.0.0.0/4 255.255.255.255/32 168.63.129.16/32");
  private static final List<String> NOT_PUBLIC_V6 =
      List.of(
          "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 fc00::/7 fe80::/10",
          "ff00::/8 fec0::/10 64:ff9b::/96 64:ff9b:1::/48 100::/64 5f00::/16");

  private static final AddressRules PUBLIC_ONLY = new AddressRules(AllowedNetworks.NONE);

  @Test
  void refusesEveryFixedVector() {
    var vectors =
        List.of(
            "127.0.0.1",
            "127.0.1.1",
            "10.0.0.5",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "168.63.129.16",
            "100.64.0.1",
            "0.0.0.0",
            "0.0.0.1",
            "192.0.0.192",
            "192.88.99.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "0:0:0:0:0:ffff:127.0.0.1",
            "::127.0.0.1",
            "::10.0.0.1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "2001::1",
            "2001:db8::1",
            "100::1",
            "5f00::1",
            "3fff::1",
            "4000::1",
            "e000::1");
    for (var vector : vectors) {
      assertThat(PUBLIC_ONLY.refusal(address(vector))).as(vector).isPresent();
    }
  }

  @Test
  void letsPublicAddressesThrough() {
    for (var vector :
        List.of(
            "8.8.8.8",
            "1.1.1.1",
            "103.21.77.1",
            "172.32.0.1",
            "172.15.255.255",
            "100.128.0.1",
            "168.63.129.17",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:81b::200e",
            "2001:200::1",
            "2003::1")) {
      assertThat(PUBLIC_ONLY.refusal(address(vector))).as(vector).isEmpty();
    }
  }

  @Test
  void judgesMappedBytesAsTheIpv4AddressThatTheyAre() {
    var loopback = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    var open = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 8, 8, 8, 8};

    assertThat(PUBLIC_ONLY.refusal(loopback)).contains("this machine itself");
    assertThat(PUBLIC_ONLY.refusal(open)).isEmpty();
    assertThat(rules("127.0.0.0/8").refusal(loopback)).isEmpty();
  }

  @Test
  void agreesWithTheRegistriesOnRandomAddresses() {
    var random = new Random(20260701);
    var table = new Oracle();
    var refused = 0;
    for (var i = 0; i < 100_000; i++) {
      var bytes = table.draw(random);
      var expected = table.isRefused(bytes);
      assertThat(PUBLIC_ONLY.refusal(bytes).isPresent())
          .as("address %s", Literal.ofBytes(bytes).getHostAddress())
          .isEqualTo(expected);
      refused += expected ? 1 : 0;
    }
    assertThat(refused).as("both kinds were drawn").isBetween(10_000, 90_000);
  }

  @Test
  void opensOnlyTheAllowedRange() {
    var rules = rules("10.1.0.0/16", "fd12::/16", "127.0.0.0/8");

    assertThat(rules.refusal(address("10.1.2.3"))).isEmpty();
    assertThat(rules.refusal(address("10.2.0.1"))).isPresent();
    assertThat(rules.refusal(address("127.9.9.9"))).isEmpty();
    assertThat(rules.refusal(address("::1"))).isPresent();
    assertThat(rules.refusal(address("fd12::1"))).isEmpty();
    assertThat(rules.refusal(address("fd13::1"))).isPresent();
  }

  @Test
  void opensMetadataOnlyWhenItIsNamedInFullLength() {
    var wide = rules("0.0.0.0/0", "::/0");
    for (var service :
        List.of("169.254.169.254", "168.63.129.16", "fd00:ec2::254", "100.100.100.200")) {
      assertThat(PUBLIC_ONLY.refusal(address(service))).as(service).isPresent();
      assertThat(wide.refusal(address(service))).as(service).contains("a cloud's metadata service");
      assertThat(rules(service).refusal(address(service))).as(service).isEmpty();
    }
    assertThat(rules("169.254.169.254/31").refusal(address("169.254.169.254"))).isPresent();
    assertThat(wide.refusal(address("169.254.1.1"))).isEmpty();
  }

  @Test
  void doesNotLetATranslatorReachWhatIsNotAllowedItself() {
    var translated = rules("64:ff9b::/96", "2002::/16");

    assertThat(translated.refusal(address("64:ff9b::808:808"))).isEmpty();
    assertThat(translated.refusal(address("64:ff9b::7f00:1"))).isPresent();
    assertThat(translated.refusal(address("64:ff9b::a9fe:a9fe"))).isPresent();
    assertThat(translated.refusal(address("2002:808:808::1"))).isEmpty();
    assertThat(translated.refusal(address("2002:a00:1::1"))).isPresent();
  }

  @Test
  void networksAreReadStrictly() {
    for (var good : List.of("10.0.0.0/8", "192.168.1.20", "fd00::/8", "::1/128", "0.0.0.0/0")) {
      assertThat(Network.parse(good)).as(good).isPresent();
    }
    for (var bad :
        List.of(
            "10.0.0.1/8",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10/8",
            "fd00::/129",
            "fd00::1/8",
            "a",
            "",
            "/8",
            "10.0.0.0/08",
            "010.0.0.0/8",
            "fe80::1%eth0",
            "::ffff:10.0.0.0/104")) {
      assertThat(Network.parse(bad)).as(bad).isEmpty();
    }
  }

  private static AddressRules rules(String... cidrs) {
    return new AddressRules(AllowedNetworks.of(List.of(cidrs)));
  }

  private static byte[] address(String literal) {
    return InetAddress.ofLiteral(literal).getAddress();
  }

  /** Ranges as pairs of big numbers. */
  private static final class Oracle {
    private record Range(BigInteger first, BigInteger last) {
      boolean has(BigInteger number) {
        return number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
      }
    }

    private final List<Range> v4 = ranges(NOT_PUBLIC_V4, 32);
    private final List<Range> v6 = ranges(NOT_PUBLIC_V6, 128);
    private final Range publicV6 = range("2000::/3", 128);

    boolean isRefused(byte[] bytes) {
      var number = new BigInteger(1, bytes);
      if (bytes.length == 4) {
        return v4.stream().anyMatch(range -> range.has(number));
      }
      var high = number.shiftRight(32);
      if (high.signum() == 0 || high.equals(BigInteger.valueOf(0xFFFF))) {
        return isRefused(Arrays.copyOfRange(bytes, 12, 16));
      }
      return !publicV6.has(number) || v6.stream().anyMatch(range -> range.has(number));
    }

    /** An address out of the blue, or one at or around the edge of a range. */
    byte[] draw(Random random) {
      var size = random.nextBoolean() ? 4 : 16;
      var ranges = size == 4 ? v4 : v6;
      var bytes = new byte[size];
      random.nextBytes(bytes);
      var range = ranges.get(random.nextInt(ranges.size()));
      return switch (random.nextInt(6)) {
        case 0 -> bytesOf(range.first.subtract(BigInteger.ONE), size);
        case 1 -> bytesOf(range.last.add(BigInteger.ONE), size);
        case 2 -> bytesOf(range.first.add(BigInteger.valueOf(random.nextInt(3))), size);
        case 3 -> bytesOf(range.last, size);
        case 4 -> embedded(bytes, random);
        default -> bytes;
      };
    }

    /** IPv4 inside IPv6, mapped or compatible; for IPv6 also anything in the public eighth. */
    private static byte[] embedded(byte[] bytes, Random random) {
      if (bytes.length == 4) {
        return bytes;
      }
      if (random.nextBoolean()) {
        bytes[0] = (byte) (0x20 | (bytes[0] & 0x1F));
        return bytes;
      }
      Arrays.fill(bytes, 0, 12, (byte) 0);
      if (random.nextBoolean()) {
        bytes[10] = -1;
        bytes[11] = -1;
      }
      return bytes;
    }

    private static byte[] bytesOf(BigInteger number, int size) {
      var all = BigInteger.ONE.shiftLeft(size * 8);
      var raw = number.mod(all).toByteArray();
      var bytes = new byte[size];
      var count = Math.min(size, raw.length);
      System.arraycopy(raw, raw.length - count, bytes, size - count, count);
      return bytes;
    }

    private static List<Range> ranges(List<String> lines, int bits) {
      return lines.stream()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .map(cidr -> range(cidr, bits))
          .toList();
    }

    private static Range range(String cidr, int bits) {
      var slash = cidr.indexOf('/');
      var first = new BigInteger(1, address(cidr.substring(0, slash)));
      var free = bits - Integer.parseInt(cidr.substring(slash + 1));
      return new Range(first, first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE));
    }
  }
}
