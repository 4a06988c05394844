package io.switchhook.source;

import java.time.Instant;

/**
 * A channel that was seen, and how it was understood.
 *
 * @param at when it was seen first
 * @param name as the phone system calls it
 * @param id as the phone system counts it; no other channel ever has it
 * @param why in words, for a person
 */
public record SeenChannel(Instant at, String name, String id, Understood understood, String why) {
  /** How a channel was understood. */
  public enum Understood {
    /** It belongs to one of our people. */
    USER,
    /** It leads to a customer. */
    TRUNK,
    /** It leads to another channel of the same phone system. */
    LOCAL,
    /** Nothing is told because of it. */
    IGNORED
  }
}
