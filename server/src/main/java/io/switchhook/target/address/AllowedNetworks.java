package io.switchhook.target.address;

import java.util.List;

/**
 * The ranges beside the public internet that may be called: the setting {@code
 * targets.allowed-networks} and the flag {@code --allow-network}. None by default.
 */
public record AllowedNetworks(List<Network> networks) {
  /** Public addresses only. */
  public static final AllowedNetworks NONE = new AllowedNetworks(List.of());

  public AllowedNetworks {
    networks = List.copyOf(networks);
  }

  /**
   * The ranges written as CIDR.
   *
   * @throws IllegalArgumentException when one is none: the configuration has checked them before
   */
  public static AllowedNetworks of(List<String> cidrs) {
    return new AllowedNetworks(cidrs.stream().map(Network::of).toList());
  }

  /** True when one of the ranges has this address. */
  boolean contain(byte[] address) {
    for (var network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** True when this very address is named, not only a range around it. */
  boolean name(byte[] address) {
    return networks.stream().anyMatch(network -> network.isSingle() && network.contains(address));
  }
}
