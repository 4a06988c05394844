package io.switchhook.delivery.engine;

import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import java.util.Set;

/** Which events end a call: what they say is worth telling late. */
final class CallEnds {
  /** The call states with which a call ends. */
  private static final Set<String> FINAL_STATES = Set.of("2", "4", "7", "9");

  private CallEnds() {}

  /** True for an in-call event with a final state. */
  static boolean isFinal(JournalRecord event) {
    return event.kind() == Kind.IN_CALL
        && LogFields.of(event).values("call_state").stream().anyMatch(FINAL_STATES::contains);
  }
}
