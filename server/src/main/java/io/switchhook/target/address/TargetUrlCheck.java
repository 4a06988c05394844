package io.switchhook.target.address;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Checks a target URL when somebody writes it down. It is a courtesy to the person: the check that
 * protects is made again at each connect.
 */
public final class TargetUrlCheck {
  private final AddressGate gate;

  /** Looks names up with {@code names}; addresses are public or in {@code allowed}. */
  public TargetUrlCheck(NameLookup names, AllowedNetworks allowed) {
    this.gate = new AddressGate(names, allowed);
  }

  /** What is said of a URL. */
  public sealed interface Verdict {}

  /**
   * The URL can be a target. A name without an address is fine too: it may get one later, and until
   * then its deliveries fail with the reason in words.
   */
  public record Fine(URI url) implements Verdict {}

  /** The URL is none, or not one that can be a target. Words for people. */
  public record Malformed(String words) implements Verdict {}

  /**
   * The URL leads to an address that may not be called. The words name the address, the key {@code
   * targets.allowed-networks} and the flag {@code --allow-network}.
   */
  public record Forbidden(String words) implements Verdict {}

  /**
   * Gives the verdict to {@code done}: exactly once, within about 5 seconds, from any thread, also
   * before this method returns. Never blocks and never throws.
   */
  public void check(String url, Consumer<Verdict> done) {
    switch (TargetUrl.parse(url)) {
      case TargetUrl.Unusable(var words) -> done.accept(new Malformed(words));
      case TargetUrl.Usable(var target) ->
          gate.admit(
              target,
              admission ->
                  done.accept(
                      switch (admission) {
                        case AddressGate.Admitted _, AddressGate.NoAddress _ ->
                            new Fine(target.uri());
                        case AddressGate.Forbidden(_, var words) -> new Forbidden(words);
                      }));
    }
  }
}
