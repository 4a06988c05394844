package io.switchhook.target.address;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a connection through to addresses that may be called. Whoever connects, connects to exactly
 * the addresses given here and looks nothing up again, so a name that changes its mind between
 * check and use gains nothing.
 */
public final class AddressGate {
  private final NameLookup names;
  private final AddressRules rules;

  /** Addresses come from {@code names} and are public or in {@code allowed}. */
  public AddressGate(NameLookup names, AllowedNetworks allowed) {
    this.names = names;
    this.rules = new AddressRules(allowed);
  }

  /** What came of asking. */
  public sealed interface Admission {}

  /** These may be called, in this order; at least one. */
  public record Admitted(List<InetAddress> addresses) implements Admission {
    public Admitted {
      addresses = List.copyOf(addresses);
    }
  }

  /** One of the host's addresses may not be called, so none is. Words for people. */
  public record Forbidden(InetAddress address, String words) implements Admission {}

  /** The host has no address. Words for people. */
  public record NoAddress(String words) implements Admission {}

  /**
   * Gives the addresses of the URL's host, or why not, to {@code done}: exactly once, from any
   * thread, also before this method returns. Never blocks and never throws.
   */
  public void admit(TargetUrl url, Consumer<Admission> done) {
    var literal = url.literal();
    if (literal.isPresent()) {
      done.accept(judge(url, List.of(literal.get())));
      return;
    }
    names.lookup(
        url.host(),
        answer ->
            done.accept(
                switch (answer) {
                  case NameLookup.Found(var addresses) -> judge(url, addresses);
                  case NameLookup.NotFound(var words) -> new NoAddress(words);
                }));
  }

  private Admission judge(TargetUrl url, List<InetAddress> addresses) {
    for (var address : addresses) {
      var refusal = rules.refusal(address);
      if (refusal.isPresent()) {
        return new Forbidden(address, words(url, address, refusal.get()));
      }
    }
    return new Admitted(addresses);
  }

  private static String words(TargetUrl url, InetAddress address, String what) {
    var text = address.getHostAddress();
    var subject =
        url.host().equals(text) ? text : url.host() + " has the address " + text + ", which";
    var network = text + "/" + address.getAddress().length * 8;
    return subject
        + " is not open to webhooks ("
        + what
        + "); to allow it, add "
        + network
        + " to targets.allowed-networks in the configuration, or start with --allow-network "
        + network;
  }
}
