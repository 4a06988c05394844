package io.switchhook.replay;

import io.switchhook.journal.Journal;
import io.switchhook.journal.Page;
import java.time.Duration;
import java.time.Instant;

/*
 * Acceptance grows with the offset, since engine time never goes back; but a journal may hold what an earlier run accepted
 * under a clock that was wrong. So what is looked for is looked for an hour away, on the safe side: a little more is read, and
 * each record's own time decides.
 */
/** Finds where in a partition a time is, by a few reads of single records. */
final class FindByTime {
  static final Duration MARGIN = Duration.ofHours(1);

  private final Journal journal;

  FindByTime(Journal journal) {
    this.journal = journal;
  }

  /** An offset below which nothing was accepted at or after {@code from}. */
  long start(int partition, Instant from) {
    return from.equals(Asked.BEGINNING)
        ? journal.oldest(partition)
        : firstNotBefore(partition, from.minus(MARGIN));
  }

  /** An offset from which on nothing was accepted before {@code to}, at most the end. */
  long end(int partition, Instant to) {
    return to.equals(Asked.FOREVER)
        ? journal.end(partition)
        : firstNotBefore(partition, to.plus(MARGIN));
  }

  /** The first offset that was accepted at this time or later; the end when none was. */
  private long firstNotBefore(int partition, Instant time) {
    long low = journal.oldest(partition);
    long high = journal.end(partition);
    while (low < high) {
      long middle = low + (high - low) / 2;
      long found = Math.min(high, firstKept(partition, middle));
      if (found < high && isBefore(partition, found, time)) {
        low = found + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The offset itself, or, where the journal has a gap, the one behind it. */
  private long firstKept(int partition, long offset) {
    return switch (journal.read(partition, offset, 1)) {
      case Page.Records _ -> offset;
      case Page.Gone(long oldest) -> Math.max(offset + 1, oldest);
    };
  }

  private boolean isBefore(int partition, long offset, Instant time) {
    return switch (journal.read(partition, offset, 1)) {
      case Page.Records(var records, _) ->
          !records.isEmpty() && records.getFirst().acceptedAt().isBefore(time);
      case Page.Gone _ -> false;
    };
  }
}
