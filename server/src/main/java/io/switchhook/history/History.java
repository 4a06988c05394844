package io.switchhook.history;

import io.switchhook.event.CallId;
import java.util.Optional;

/**
 * Calls, deliveries and attempts, to search and to look at. It follows what happens within a
 * moment; outcomes are never lost for good, what came back may be. Methods may be called from any
 * thread and block for as long as the store takes.
 */
public interface History {
  /** One call's story; empty when the journal knows no such call (any more). */
  Optional<CallStory> call(CallId call);

  /** The calls that a query asks for, newest first. */
  Page<CallSummary> calls(CallQuery query);

  /** The deliveries that a query asks for, newest event first. */
  Page<DeliveryRow> deliveries(DeliveryQuery query);
}
