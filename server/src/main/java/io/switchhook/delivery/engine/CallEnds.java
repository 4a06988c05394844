package io.switchhook.delivery.engine;

import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import java.util.Set;

/** Which events end a call: what they say is worth telling late. */
final class CallEnds {
  /** The call states with which a call ends. */
  private static final Set<String> FINAL_STATES = Set.of("2", "4", "7", "9");

  /** The events of Webhook v2 with which a call ends. */
  private static final Set<String> FINAL_EVENTS = Set.of("call.end", "call.ended");

  private CallEnds() {}

  /** True for an in-call event with a final state, or that tells the end of its call. */
  static boolean isFinal(JournalRecord event) {
    if (event.kind() != Kind.IN_CALL) {
      return false;
    }
    var fields = LogFields.of(event);
    return fields.values("call_state").stream().anyMatch(FINAL_STATES::contains)
        || fields.values("event_type").stream().anyMatch(FINAL_EVENTS::contains);
  }
}
