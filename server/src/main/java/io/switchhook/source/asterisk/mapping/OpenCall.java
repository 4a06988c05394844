package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallType;
import io.switchhook.calllog.InCallLog;
import io.switchhook.event.CallId;
import io.switchhook.source.CallNote;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A call that goes on by what the journal has of it.
 *
 * @param linkedIds what Asterisk calls it, the one at its birth first
 * @param bornAt when it was born
 * @param lastLog its newest log
 * @param isFinal whether a final state was told, so that only its note of the end is missing
 * @param isConnected whether a user and the customer talked
 * @param legs by Uniqueid
 */
public record OpenCall(
    CallId call,
    CallType type,
    List<String> linkedIds,
    Instant bornAt,
    InCallLog lastLog,
    boolean isFinal,
    boolean isConnected,
    Map<String, Leg> legs) {
  public OpenCall {
    linkedIds = List.copyOf(linkedIds);
    legs = Map.copyOf(legs);
  }

  /** A leg as notes tell it. */
  public record Leg(CallNote.Rung rung, boolean isAnswered) {}
}
