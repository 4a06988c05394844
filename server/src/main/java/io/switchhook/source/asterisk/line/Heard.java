package io.switchhook.source.asterisk.line;

import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Instant;

/**
 * One thing that was heard on the line.
 *
 * @param at when it was heard, by our clock
 * @param message what was said; without fields for what is no message
 */
public record Heard(What what, Instant at, AmiMessage message) {
  /** What it is. */
  public enum What {
    /** An event, as it came. */
    EVENT,
    /** The connection is there; a snapshot follows. */
    CONNECTED,
    /** The connection is gone: what happens from now on is not heard. */
    LOST,
    /** One channel of a snapshot. */
    CHANNEL,
    /**
     * The snapshot is whole: there are no other channels. Its Timestamp is when it was asked for.
     */
    SNAPSHOT_END
  }
}
