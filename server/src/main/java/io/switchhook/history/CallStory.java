package io.switchhook.history;

import io.switchhook.journal.JournalRecord;
import java.util.List;

/**
 * A call with its events, their deliveries and their attempts.
 *
 * @param events in their order; at most the first {@link #EVENTS_MAX}
 * @param hasMoreEvents true when it has more than that
 */
public record CallStory(CallSummary summary, List<Chapter> events, boolean hasMoreEvents) {
  /** The most events that are shown of one call. */
  public static final int EVENTS_MAX = 1_000;

  public CallStory {
    events = List.copyOf(events);
  }

  /**
   * One event and where it went.
   *
   * @param event with the log itself
   * @param routing what was found when somebody who wants it was looked for
   * @param deliveries one for each webhook that wants it
   */
  public record Chapter(JournalRecord event, Routing routing, List<DeliveryRow> deliveries) {
    public Chapter {
      deliveries = List.copyOf(deliveries);
    }
  }

  /** Who wanted an event. */
  public enum Routing {
    /** Nobody has looked yet, or it has not been written down yet. */
    NOT_YET,
    /** No webhook: shown as {@code no_webhook}. */
    NO_WEBHOOK,
    /** The webhooks of its deliveries. */
    WEBHOOKS
  }
}
