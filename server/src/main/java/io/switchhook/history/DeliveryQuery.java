package io.switchhook.history;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a company's deliveries, newest event first. What is null does not narrow.
 *
 * @param uid of a call
 * @param failure narrows to what is being retried or was given up, and failed so
 * @param from the event was accepted at this time or later
 * @param to the event was accepted before this time
 * @param cursor from the page before; null for the first
 * @param limit 1 to {@link Page#SIZE_MAX}
 */
public record DeliveryQuery(
    CompanyId company,
    @Nullable WebhookId webhook,
    @Nullable String uid,
    @Nullable DeliveryOutcome outcome,
    @Nullable FailureFilter failure,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Cursor cursor,
    int limit) {
  public DeliveryQuery {
    if (limit < 1 || limit > Page.SIZE_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + Page.SIZE_MAX + " items: " + limit);
    }
  }

  /** A query that does not ask why something failed. */
  public DeliveryQuery(
      CompanyId company,
      @Nullable WebhookId webhook,
      @Nullable String uid,
      @Nullable DeliveryOutcome outcome,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Cursor cursor,
      int limit) {
    this(company, webhook, uid, outcome, null, from, to, cursor, limit);
  }

  /** The same without a place to go on from. */
  public DeliveryQuery firstPage() {
    return new DeliveryQuery(company, webhook, uid, outcome, failure, from, to, null, limit);
  }

  /** All deliveries of a company. */
  public static DeliveryQuery of(CompanyId company) {
    return new DeliveryQuery(company, null, null, null, null, null, null, null, Page.SIZE_DEFAULT);
  }
}
