package io.switchhook.source;

import java.time.Duration;

/** What a request that came to a door is answered. */
public sealed interface DoorAnswer {
  /** It is durable, or says nothing that is to be kept; the sender need not send it again. */
  record Taken() implements DoorAnswer {}

  /**
   * Nothing of it was kept; the sender should send it again.
   *
   * @param words what happened, and what to do
   */
  record Unavailable(String words, Duration retryAfter) implements DoorAnswer {}
}
