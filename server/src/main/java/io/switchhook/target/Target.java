package io.switchhook.target;

import java.util.function.Consumer;

/** Receivers' servers as seen from here. */
public interface Target extends AutoCloseable {
  /**
   * Makes one attempt and gives its outcome to {@code done}, exactly once and never before this
   * method returns; on the event loop that called it, when one did. Never throws.
   */
  void attempt(OutgoingRequest request, Consumer<Outcome> done);

  /** Drops what is open. */
  @Override
  void close();
}
