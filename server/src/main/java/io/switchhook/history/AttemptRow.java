package io.switchhook.history;

import io.switchhook.event.Bytes;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery, as it was.
 *
 * @param number 1, 2 …; may begin again after a crash
 * @param took from its start until it was known what came of it, in whole microseconds
 * @param status the answer's status; null when no status line came
 * @param words what happened, for a person: {@code 503 from crm.example.com}, {@code connection
 *     refused by 10.0.0.5:443}
 * @param answerHeaders of the answer; the values of those that carry secrets are {@code ••••}
 * @param answerExcerpt the beginning of the answer's body: at most 16 KiB of a failure, 256 bytes
 *     of a success
 * @param answerCut true when there was, or may have been, more
 * @param nextAttemptAt when the next one is due; null when none follows
 * @param replay true when a replay made it
 */
public record AttemptRow(
    int number,
    Instant startedAt,
    Duration took,
    @Nullable Integer status,
    String words,
    List<Header> answerHeaders,
    Bytes answerExcerpt,
    boolean answerCut,
    @Nullable Instant nextAttemptAt,
    boolean replay) {
  public AttemptRow {
    answerHeaders = List.copyOf(answerHeaders);
  }
}
