package io.switchhook.delivery;

import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to tell a webhook again what it was told, or was not told, before.
 *
 * @param call the only call that is told again; null for all of the webhook's company
 * @param from events accepted at or after this
 * @param to and before this
 * @param only which of them
 * @param requestedAt engine time
 * @param starts for each partition of the company, an offset below which nothing is asked for
 * @param ends for each partition of the company, its end at the request: nothing from there on is
 *     told again
 */
public record Replay(
    ReplayId id,
    WebhookId webhook,
    @Nullable CallId call,
    Instant from,
    Instant to,
    Only only,
    Instant requestedAt,
    Map<Integer, Long> starts,
    Map<Integer, Long> ends) {
  public Replay {
    starts = Map.copyOf(starts);
    ends = Map.copyOf(ends);
  }

  /** Which events are told again. */
  public enum Only {
    /** Those that were given up and not told since. */
    FAILED,
    /** Those that were told, too. */
    ALL
  }

  /** The feed that tells it. */
  public Feed feed() {
    return new Feed(webhook, id);
  }

  /** Where the partition is read from. */
  public long start(int partition) {
    return starts.getOrDefault(partition, 0L);
  }

  /** Where the partition is read to, exclusive. */
  public long end(int partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** True when this asks for the event, whether it matches the webhook or not. */
  public boolean isAbout(JournalRecord event) {
    return event.kind().isEvent()
        && (call == null || call.equals(event.call()))
        && event.offset() < end(event.partition())
        && !event.acceptedAt().isBefore(from)
        && event.acceptedAt().isBefore(to);
  }
}
