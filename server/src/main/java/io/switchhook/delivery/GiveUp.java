package io.switchhook.delivery;

import io.switchhook.event.WebhookId;
import java.time.Instant;

/**
 * The durable record that something will not be told to a webhook, unless a replay is asked for:
 * every event from {@code offset} to {@code end} that the webhook wanted, which is mostly one.
 *
 * @param end exclusive
 * @param at engine time at which it was given up, in whole milliseconds
 */
public record GiveUp(
    WebhookId webhook, int partition, long offset, long end, Reason reason, Instant at) {
  /** Why an event was given up. The codes are stored: they never change meaning. */
  public enum Reason {
    /** Every attempt of the schedule failed, or the answer was one that no retry mends. */
    EXHAUSTED(1),
    /** It waited longer than its time to live. */
    EXPIRED(2),
    /** A later event of its call made it stale. */
    SUPERSEDED(3),
    /** The webhook was disabled. */
    DISABLED(4),
    /** The journal no longer keeps it. */
    RETENTION(5),
    /** It had been given up, and a replay has told it since. */
    TOLD_BY_REPLAY(6);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The stored number of this reason. */
    public int code() {
      return code;
    }

    /** The reason with this stored number. */
    public static Reason ofCode(int code) {
      return values()[code - 1];
    }
  }

  /** One event is given up. */
  public GiveUp(WebhookId webhook, int partition, long offset, Reason reason, Instant at) {
    this(webhook, partition, offset, offset + 1, reason, at);
  }

  /** True when this is about one event; a store keeps it beside one of many that begins there. */
  public boolean isOfOne() {
    return end == offset + 1;
  }

  /** True when this is about the event there. */
  public boolean covers(long eventOffset) {
    return offset <= eventOffset && eventOffset < end;
  }
}
