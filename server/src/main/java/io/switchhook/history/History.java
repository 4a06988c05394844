package io.switchhook.history;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
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
   * How a company's webhooks stand; one that is missing stands at {@link WebhookHealth#NONE}.
   * Answered from memory: does not block.
   */
  Map<WebhookId, WebhookHealth> health(CompanyId company);
}
