package io.switchhook.source;

import io.switchhook.calllog.AfterCallLog.Department;
import io.switchhook.calllog.AfterCallLog.Recording;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.Direction;
import io.switchhook.event.CallId;
import java.time.Instant;
import java.util.List;

/**
 * A call that is over, as its records tell it.
 *
 * @param companyId as the logs have it: data, which need not be the company that keeps them
 * @param serviceNumber what was called; empty when not known
 * @param legs the times that somebody was rung, in their order
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
    List<EndedLeg> legs,
    Department department,
    Recording recording,
    References references,
    boolean reconstructed) {

  /** What an OBD call belongs to; empty where it belongs to nothing. */
  record References(
      String referenceId, String jobId, String publicIvrId, String clientReferenceId) {}
}
