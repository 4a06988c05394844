package io.switchhook.delivery.engine;

import java.time.Duration;

/**
 * The engine's limits.
 *
 * @param retries when a failed attempt is made again
 * @param windowOffsets how far the reading of a partition may be ahead of its lowest pending offset
 * @param attemptsPerWebhook how many requests to one webhook may be out at once
 * @param memoryBytes how many bytes of events may be at hand before reading waits
 * @param commitInterval how long a change of cursors may wait for its commit
 * @param outcomesPerCommit after so many outcomes a commit does not wait any longer
 * @param patience a delivery that is pending for longer gets a lane of its own, so that no cursor
 *     waits for one call
 * @param waitingMax how many events of a lane wait in memory before the lane is stored instead
 * @param pageRecords how many records of a call are read at once
 * @param idleCalls how many quiet calls are remembered, to know without reading what was told of
 *     them
 */
public record EngineSettings(
    RetrySchedule retries,
    int windowOffsets,
    int attemptsPerWebhook,
    long memoryBytes,
    Duration commitInterval,
    int outcomesPerCommit,
    Duration patience,
    int waitingMax,
    int pageRecords,
    int idleCalls) {

  /** The limits of architecture.md §4, for one of {@code workers} workers. */
  public static EngineSettings standard(RetrySchedule retries, long memoryBytes, int workers) {
    return new EngineSettings(
        retries,
        /* windowOffsets= */ 4_096,
        /* attemptsPerWebhook= */ Math.max(1, 64 / workers),
        memoryBytes / workers,
        Duration.ofMillis(200),
        /* outcomesPerCommit= */ 1_000,
        Duration.ofSeconds(1),
        /* waitingMax= */ 32,
        /* pageRecords= */ 64,
        /* idleCalls= */ 20_000);
  }
}
