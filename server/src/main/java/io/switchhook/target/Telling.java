package io.switchhook.target;

import io.switchhook.journal.JournalRecord;

/**
 * One event on its way to one webhook, as the receiver is told about it beside the call log.
 *
 * @param event what is told
 * @param previous the sequence of the nearest earlier event of the call that matched the webhook; 0
 *     if none
 * @param skipped how many events of the call were given up since the last one told
 * @param attempt 1, 2 …
 * @param mark why it is sent
 */
public record Telling(JournalRecord event, int previous, int skipped, int attempt, Mark mark) {
  /** Why an event is sent. */
  public enum Mark {
    /** It happened. */
    LIVE,
    /** Somebody asked to be told again. */
    REPLAY,
    /** Somebody tries the webhook with a sample. */
    TEST
  }
}
