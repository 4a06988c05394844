package io.switchhook.source.myoperator;

import java.util.Comparator;

/**
 * Where an event belongs among those of its call.
 *
 * @param major what orders the events of a phase: the vendor's number, or the time in seconds where
 *     there are no numbers
 * @param sequence the vendor's number of it, 1, 2 …; 0 when it has none
 * @param atMillis when it happened or was sent
 */
record Place(Phase phase, long major, int sequence, Step step, long atMillis)
    implements Comparable<Place> {
  /** The parts of a call's story, in their order. */
  enum Phase {
    BEGINNING,
    MIDDLE,
    END,
    RECORD,
    TAGGED
  }

  /** What happens in the middle of a call, in the usual order; the rest has no steps. */
  enum Step {
    OTHER,
    RINGING,
    ANSWERED
  }

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::phase)
          .thenComparingLong(Place::major)
          .thenComparing(Place::step)
          .thenComparingLong(Place::atMillis);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
