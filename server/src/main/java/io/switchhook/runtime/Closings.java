package io.switchhook.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is open, to be closed in the opposite order. One that fails is logged, and the others are
 * closed all the same. For one thread at a time.
 */
final class Closings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closings.class);

  private record Closing(String what, AutoCloseable close) {}

  private final List<Closing> open = new ArrayList<>();

  /** Remembers something that was opened, by a name for the log. */
  void add(String what, AutoCloseable close) {
    open.add(new Closing(what, close));
  }

  /** The same, for something that is used at once. */
  <T extends AutoCloseable> T opened(String what, T one) {
    add(what, one);
    return one;
  }

  /** Closes what is open. Safe to call twice. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      var closing = open.removeLast();
      try {
        closing.close.close();
      } catch (Exception e) {
        LOG.atError().setCause(e).addKeyValue("part", closing.what).log("server.close_failed");
      }
    }
  }
}
