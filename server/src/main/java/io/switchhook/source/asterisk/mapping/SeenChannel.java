package io.switchhook.source.asterisk.mapping;

import java.time.Instant;

/**
 * A channel that was seen, and how it was understood.
 *
 * @param name as Asterisk calls it
 * @param why in words, for a person
 */
public record SeenChannel(Instant at, String name, String id, Understood understood, String why) {
  /** How a channel was understood. */
  public enum Understood {
    USER,
    TRUNK,
    LOCAL,
    IGNORED
  }
}
