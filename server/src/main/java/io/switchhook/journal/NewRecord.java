package io.switchhook.journal;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import java.time.Instant;

/**
 * A record to be appended. The journal adds when it was accepted, its offset and its sequence.
 *
 * @param flags bits of {@link Flag}
 * @param happenedAt when it happened at the source; for a log that does not say, when it came in
 * @param identity the same identity in the same call within the dedupe window is a duplicate
 */
public record NewRecord(
    CallId call, Kind kind, int flags, Instant happenedAt, Identity identity, Bytes body) {}
