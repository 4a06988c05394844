package io.switchhook.delivery;

import java.time.Instant;

/**
 * A lane as it is stored: a cursor of its own, because its call is behind the crowd at this
 * webhook.
 *
 * @param head the lowest offset that may not be terminal: everything of the lane below it was
 *     delivered or given up
 * @param attempts how many attempts of the event at the head have failed
 * @param nextAt engine time before which no attempt is made, in whole milliseconds; the epoch when
 *     nothing is waited for
 * @param previous the sequence of the nearest event of the call below the head that matched the
 *     webhook; 0 if none, -1 when that has yet to be looked up
 * @param skipped how many of the lane's events just below the head were given up since the last one
 *     told
 */
public record LaneRow(
    LaneKey key, long head, int attempts, Instant nextAt, int previous, int skipped) {}
