package io.switchhook.journal;

import io.switchhook.event.CallId;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of records that it kept before. Asked by {@link AssignPlaces} on the writer's
 * thread.
 */
public interface Past {
  /**
   * The trail of a call, made from all of its records since the last pause of more than the dedupe
   * window; null when it has none since {@code sinceMillis} (engine time).
   */
  @Nullable CallTrail trailOf(CallId call, long sinceMillis);

  /** The record that is kept there; null when it is kept no more. */
  @Nullable JournalRecord at(int partition, long offset);
}
