package io.switchhook.delivery.engine;

import java.time.Duration;

/**
 * The engine's limits.
 *
 * @param retries when a failed attempt is made again
 * @param windowOffsets how far a reader may be ahead of its lowest pending offset; the crowd a
 *     sixteenth of it while all places are taken
 * @param attempts how many requests may be out at once
 * @param lanesPerWebhook how many calls may be behind at a webhook, each with a row of its own
 * @param linePerWebhook how many calls may wait in memory for a place before the webhook is
 *     detached
 * @param memoryBytes how many bytes of events may be at hand before reading waits
 * @param commitInterval how long a change of cursors may wait for its commit
 * @param outcomesPerCommit after so many outcomes a commit does not wait any longer
 * @param patience a delivery that is out for longer gets a row, and a webhook for which one waits
 *     longer is detached, so that no cursor waits for one call; what waits for this machine gets a
 *     row after ten times that
 * @param waitingMax how many events of a lane wait in memory before the lane is stored instead
 * @param pageRecords how many records of a call are read at once
 * @param idleCalls how many quiet calls are remembered, to know without reading what was told of
 *     them
 */
public record EngineSettings(
    RetrySchedule retries,
    int windowOffsets,
    Attempts attempts,
    int lanesPerWebhook,
    int linePerWebhook,
    long memoryBytes,
    Duration commitInterval,
    int outcomesPerCommit,
    Duration patience,
    int waitingMax,
    int pageRecords,
    int idleCalls) {

  /**
   * How many requests may be out at once.
   *
   * @param perWebhookAtFirst to one webhook, until it has shown what it can take
   * @param perWebhookMax to one webhook that takes all
   * @param total to all webhooks; while others wait, a quarter of it for one company
   * @param catchingUpPerSecond how many are made in a second to one webhook that reads for itself,
   *     unless more than half as many events come
   * @param replaysPerSecond how many are made in a second to tell something again while nothing
   *     happens; fewer while much does
   */
  public record Attempts(
      int perWebhookAtFirst,
      int perWebhookMax,
      int total,
      int catchingUpPerSecond,
      int replaysPerSecond) {}

  /** The limits that ARCHITECTURE.md names, for one of {@code workers} workers. */
  public static EngineSettings standard(RetrySchedule retries, long memoryBytes, int workers) {
    return new EngineSettings(
        retries,
        /* windowOffsets= */ 4_096,
        new Attempts(
            Math.max(1, 16 / workers),
            Math.max(1, 64 / workers),
            1_024 / workers,
            /* catchingUpPerSecond= */ Math.max(1, 8_000 / workers),
            /* replaysPerSecond= */ 250),
        /* lanesPerWebhook= */ 10_000 / workers,
        /* linePerWebhook= */ 1_024 / workers,
        memoryBytes / workers,
        Duration.ofMillis(200),
        /* outcomesPerCommit= */ 1_000,
        Duration.ofSeconds(1),
        /* waitingMax= */ 32,
        /* pageRecords= */ 64,
        /* idleCalls= */ 20_000);
  }
}
