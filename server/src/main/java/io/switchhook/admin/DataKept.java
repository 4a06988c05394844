package io.switchhook.admin;

import io.switchhook.journal.Extent;
import java.time.Duration;

/**
 * How much is kept, for how long, and what room there is.
 *
 * @param retention how long an event is kept at least
 * @param dedupeWindow how long a repeat of an event is recognised
 * @param extent of the journal
 * @param journalBytes of the events
 * @param historyBytes of calls, deliveries and attempts
 * @param otherBytes of everything else in the data folder
 * @param freeBytes on its disk
 * @param minimumFreeBytes below this no events are taken
 */
public record DataKept(
    Duration retention,
    Duration dedupeWindow,
    Extent extent,
    long journalBytes,
    long historyBytes,
    long otherBytes,
    long freeBytes,
    long minimumFreeBytes) {
  /** All of the data folder. */
  public long bytes() {
    return journalBytes + historyBytes + otherBytes;
  }
}
