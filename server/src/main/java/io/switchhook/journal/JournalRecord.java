package io.switchhook.journal;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A record as the journal keeps it.
 *
 * @param partition 0 to 255
 * @param offset its place in the partition: 0, 1, 2 …
 * @param call whose record it is
 * @param kind what it is
 * @param flags bits of {@link Flag}
 * @param acceptedAt engine time at which it was appended, in whole milliseconds
 * @param happenedAt when it happened at the source, in whole milliseconds
 * @param identity what makes it the same as another
 * @param sequence 1, 2, 3 … within its call for events; 0 for notes
 * @param body the call log byte for byte as it came (for a note, what its source wrote)
 */
public record JournalRecord(
    int partition,
    long offset,
    CallId call,
    Kind kind,
    int flags,
    Instant acceptedAt,
    Instant happenedAt,
    Identity identity,
    int sequence,
    Bytes body) {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * The event's id as receivers see it in {@code webhook-id}: stable over retries, replays and
   * restarts.
   */
  public String eventId() {
    return eventId(call, sequence, identity);
  }

  /** The id of the event with this sequence and identity in its call. */
  public static String eventId(CallId call, int sequence, Identity identity) {
    var key =
        call.company()
            + "\n"
            + call.uid()
            + "\n"
            + sequence
            + "\n"
            + identity.high()
            + identity.low();
    var id = Identity.ofName(key);
    return "evt_" + HEX.toHexDigits(id.high()) + HEX.toHexDigits(id.low());
  }
}
