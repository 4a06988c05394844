package io.switchhook.replay;

import io.switchhook.delivery.Replay.Only;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be told again: one call, or what was accepted within a time.
 *
 * @param uid of the only call that is asked for; null for all calls
 * @param from accepted at this time or later; null for all that is kept
 * @param to accepted before this time; null for all until the request
 * @param only which of it
 */
public record Asked(@Nullable String uid, @Nullable Instant from, @Nullable Instant to, Only only) {
  /** Stands for no earliest time. */
  static final Instant BEGINNING = Instant.EPOCH;

  /** Stands for no latest time. */
  static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  Instant fromOrBeginning() {
    return from == null ? BEGINNING : from;
  }

  Instant toOrForever() {
    return to == null ? FOREVER : to;
  }
}
