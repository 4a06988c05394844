package io.switchhook.journal;

import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/**
 * What every journal is told.
 *
 * @param partitions the list over which a company's new calls are spread; a call within the dedupe
 *     window stays where it is
 * @param clock engine time
 * @param dedupeWindow for how long after a call's last record its sequence goes on and its
 *     identities are known
 * @param offsetsFloor by partition: no new record gets an offset below it. The stored cursors, so
 *     that none of them is ahead of the journal when a file of it was lost
 * @param recentRecordsMax about how many records are remembered, to find duplicates without asking
 *     the store; 24 bytes each
 */
public record JournalSettings(
    Function<CompanyId, PartitionList> partitions,
    InstantSource clock,
    Duration dedupeWindow,
    Map<Integer, Long> offsetsFloor,
    int recentRecordsMax) {
  /** The usual dedupe window: four days, longer than the longest retry schedule. */
  public static final Duration DEDUPE_WINDOW = Duration.ofDays(4);

  /** Some 16,000 calls of about ten records; a call beyond that is looked up on the disk. */
  public static final int RECENT_RECORDS_MAX = 1 << 18;

  public JournalSettings {
    offsetsFloor = Map.copyOf(offsetsFloor);
  }

  /** The usual settings, for a journal that no cursor is ahead of. */
  public static JournalSettings of(
      Function<CompanyId, PartitionList> partitions, InstantSource clock) {
    return new JournalSettings(partitions, clock, DEDUPE_WINDOW, Map.of(), RECENT_RECORDS_MAX);
  }
}
