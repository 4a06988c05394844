package io.switchhook.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts how often a set of runs came to the places that must be visited for the runs to mean
 * anything.
 */
public final class Reached {
  /** A place. */
  public enum Place {
    CRASH_BEFORE_PUT,
    CRASH_BETWEEN_PUT_AND_WATERMARK,
    CRASH_BETWEEN_WATERMARK_AND_DELETE,
    CRASH_WITH_ATTEMPT_IN_FLIGHT,
    CRASH_WHILE_WEBHOOK_CHANGES,
    CRASH_BEFORE_FEED_IS_PUT,
    RESTART_WITH_LANES,
    RESTART_WITH_DETACHED,
    WORKER_LATE,
    DETACHED,
    CAUGHT_UP,
    LANE_CAP_REACHED,
    GIVEN_UP_IN_PASSING,
    CLEAN_STOP,
    LANE_STORED,
    LANE_DELETED,
    LANE_READ_FROM_JOURNAL,
    LANE_READ_A_SECOND_PAGE,
    THREAD_LOOKED_UP,
    RETRY_AFTER_HONOURED,
    ANSWER_LOST,
    GIVEN_UP_EXHAUSTED,
    GIVEN_UP_EXPIRED,
    GIVEN_UP_DISABLED,
    GIVEN_UP_SUPERSEDED,
    SKIPPED_TOLD,
    BREAKER_OPENED,
    BREAKER_CLOSED,
    GONE_DISABLED_A_WEBHOOK,
    WEBHOOK_ADDED,
    CONDITIONS_EDITED,
    WEBHOOK_DISABLED,
    WEBHOOK_ENABLED_AGAIN,
    WEBHOOK_DELETED,
    EVENT_PASSED_WHILE_DISABLED,
    NOTE_PASSED,
    READING_HELD_BACK_BY_THE_WINDOW,
    UID_CAME_AGAIN,
    REPLAY_OF_ALL,
    REPLAY_OF_FAILED,
    REPLAY_DONE,
    REPLAY_CANCELLED,
    TOLD_BY_REPLAY,
    CRASH_DURING_A_REPLAY,
    RETIRED,
    GIVEN_UP_RETENTION,
    GIVEN_UP_UNREAD
  }

  private final Map<Place, Long> counts = new EnumMap<>(Place.class);

  /** The world came to a place. */
  public void at(Place place) {
    counts.merge(place, 1L, Long::sum);
  }

  /** How often the world was there. */
  public long count(Place place) {
    return counts.getOrDefault(place, 0L);
  }

  /** Adds what another run reached. */
  public void add(Reached other) {
    other.counts.forEach((place, count) -> counts.merge(place, count, Long::sum));
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
