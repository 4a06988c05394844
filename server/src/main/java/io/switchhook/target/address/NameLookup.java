package io.switchhook.target.address;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Looks names up. */
public interface NameLookup extends AutoCloseable {
  /**
   * Gives every address of {@code host} to {@code done}, exactly once, within about 5 seconds, from
   * any thread, also before this method returns. Never blocks and never throws.
   *
   * @param host in lower case, no address
   */
  void lookup(String host, Consumer<Answer> done);

  /** Ends what is being looked up. */
  @Override
  void close();

  /** What came of a look-up. */
  sealed interface Answer {}

  /** The name's addresses, at least one, in the order in which they are to be tried. */
  record Found(List<InetAddress> addresses) implements Answer {
    public Found {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("a name that was found has an address");
      }
    }
  }

  /** The name has no address, or none was found in time; {@code words} say which, for people. */
  record NotFound(String words) implements Answer {}
}
