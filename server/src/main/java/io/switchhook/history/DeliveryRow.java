package io.switchhook.history;

import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one webhook, with what was tried.
 *
 * @param outcome never {@code NO_WEBHOOK}
 * @param endedAt when it was delivered or given up; null while it is not
 * @param nextAttemptAt when it is tried again; null when that is not planned or not known
 * @param detailsLost true when some attempts or answers were not kept: after a crash, or under more
 *     load than history can write
 * @param attempts oldest first; at most the newest {@link #ATTEMPTS_MAX}
 */
public record DeliveryRow(
    EventRef event,
    WebhookId webhook,
    DeliveryOutcome outcome,
    @Nullable Instant endedAt,
    @Nullable Instant nextAttemptAt,
    boolean detailsLost,
    List<AttemptRow> attempts) {
  /** The most attempts that are shown of one delivery. */
  public static final int ATTEMPTS_MAX = 100;

  public DeliveryRow {
    attempts = List.copyOf(attempts);
  }
}
