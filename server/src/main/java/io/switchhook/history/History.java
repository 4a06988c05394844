package io.switchhook.history;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls, deliveries and attempts, to search and to look at. It follows what happens within a
 * moment; outcomes are never lost for good, what came back may be. Methods may be called from any
 * thread and block for as long as the store takes, unless they say otherwise.
 */
public interface History {
  /** One call's story; empty when the journal knows no such call (any more). */
  Optional<CallStory> call(CallId call);

  /** The calls that a query asks for, newest first. */
  Page<CallSummary> calls(CallQuery query);

  /** The deliveries that a query asks for, newest event first. */
  Page<DeliveryRow> deliveries(DeliveryQuery query);

  /**
   * The deliveries that a query asks for and that are being retried or were given up, counted by
   * webhook, by how they stand, and by what came back last; the largest groups first, at most
   * {@link FailureGroup#COUNT_MAX}. The query's {@code uid}, cursor and limit do not matter.
   */
  List<FailureGroup> failures(DeliveryQuery query);

  /**
   * How the latest attempts at a webhook went: those of the newest events, at most {@link
   * AttemptFigures#ATTEMPTS_MAX}, of events that were accepted at {@code from} or later.
   */
  AttemptFigures figures(CompanyId company, WebhookId webhook, Instant from);

  /**
   * How a company's webhooks stand; one that is missing stands at {@link WebhookHealth#NONE}.
   * Answered from memory: does not block.
   */
  Map<WebhookId, WebhookHealth> health(CompanyId company);
}
