package io.switchhook.source;

import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.Direction;
import io.switchhook.event.CallId;
import java.time.Instant;
import java.util.List;

/**
 * A call that is over, as its in-call logs tell it.
 *
 * @param companyId as the logs have it: data, which need not be the company that keeps them
 * @param serviceNumber what was called; empty when not known
 * @param legs the times that users were rung, in their order
 * @param reconstructed true when some of it was put together afterwards
 */
record EndedCall(
    CallId call,
    String companyId,
    TelephoneNumber caller,
    boolean isAnonymous,
    String serviceNumber,
    Instant startedAt,
    Instant endedAt,
    Direction direction,
    CallType type,
    CallStatus status,
    List<Rung> legs,
    References references,
    boolean reconstructed) {

  /** What an OBD call belongs to; empty where it belongs to nothing. */
  record References(
      String referenceId, String jobId, String publicIvrId, String clientReferenceId) {}
}
