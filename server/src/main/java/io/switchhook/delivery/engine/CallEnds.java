package io.switchhook.delivery.engine;

import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import java.util.Collections;
import java.util.List;
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
    return isFinal(event, LogFields.of(event));
  }

  /** The same of an event whose call log has been read. */
  static boolean isFinal(JournalRecord event, LogFields fields) {
    return event.kind() == Kind.IN_CALL
        && (isAnyOf(FINAL_STATES, fields.values("call_state"))
            || isAnyOf(FINAL_EVENTS, fields.values("event_type")));
  }

  private static boolean isAnyOf(Set<String> wanted, List<String> values) {
    return !Collections.disjoint(wanted, values);
  }
}
