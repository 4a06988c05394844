package io.switchhook.calllog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The in-call log of MyOperator's In-Call Webhook, its sixteen keys in the order of the vendor's
 * sample. A component is null where the log says null or nothing.
 *
 * @param id the log's own id, 16 hexadecimal digits
 * @param uid the call's
 * @param referenceId MyOperator's own id of an OBD request
 * @param clidRaw the customer's number, country code and number without a plus
 * @param clid the customer's number, formatted (the vendor's pages disagree how)
 * @param rdnis the number that was called, or {@code unknown}
 * @param event {@code 1} incoming, {@code 2} outgoing
 * @param status null until the final state
 * @param users who is rung or has answered: numbers or ids
 * @param created when the log was made, {@code YYYY-MM-DD HH:MM:SS} UTC
 * @param callTime when the call began, likewise
 * @param publicIvrId the campaign's
 * @param clientRefId the id that the client gave in its OBD request
 * @param jobId of an OBD job
 */
public record InCallLog(
    @Nullable String id,
    String uid,
    @Nullable String referenceId,
    @Nullable String companyId,
    @Nullable String clidRaw,
    @Nullable String clid,
    @Nullable String rdnis,
    CallState callState,
    @Nullable String event,
    @Nullable String status,
    List<String> users,
    @Nullable String created,
    @Nullable String callTime,
    @Nullable String publicIvrId,
    @Nullable String clientRefId,
    @Nullable String jobId) {

  public InCallLog {
    users = List.copyOf(users);
  }

  /**
   * Reads an in-call log leniently: numbers or strings, {@code users} however they are written, a
   * plus that became a space.
   */
  public static InCallLog of(CallLog log) {
    if (log.kind() != LogKind.IN_CALL) {
      throw new IllegalArgumentException("not an in-call log: " + log);
    }
    var fields = new FieldReader(log.root());
    return new InCallLog(
        fields.textOrNull("id"),
        log.uid(),
        fields.textOrNull("reference_id"),
        fields.textOrNull("company_id"),
        fields.numberOrNull("clid_raw"),
        fields.numberOrNull("clid"),
        fields.numberOrNull("rdnis"),
        stateOf(fields),
        fields.textOrNull("event"),
        fields.textOrNull("status"),
        log.values("users").stream().map(FieldReader::withPlus).toList(),
        fields.textOrNull("created"),
        fields.textOrNull("call_time"),
        fields.textOrNull("public_ivr_id"),
        fields.textOrNull("client_ref_id"),
        fields.textOrNull("job_id"));
  }

  /** Incoming or outgoing; empty when the log does not say. */
  public Optional<Direction> direction() {
    return Direction.of(event);
  }

  /** How the call ended; empty before its end. */
  public Optional<CallStatus> callStatus() {
    return CallStatus.of(status);
  }

  /** When the log was made; empty when the log does not say. */
  public Optional<Instant> createdAt() {
    return LogTime.parse(created);
  }

  /** When the call began; empty when the log does not say. */
  public Optional<Instant> calledAt() {
    return LogTime.parse(callTime);
  }

  /** The same log of another call and time, as when a recorded call is told again. */
  public InCallLog retold(String newId, String newUid, Instant createdAt, Instant calledAt) {
    return new InCallLog(
        newId,
        newUid,
        referenceId,
        companyId,
        clidRaw,
        clid,
        rdnis,
        callState,
        event,
        status,
        users,
        LogTime.format(createdAt),
        LogTime.format(calledAt),
        publicIvrId,
        clientRefId,
        jobId);
  }

  /** The log as the vendor's sample has it: strings, a list for {@code users}, no white space. */
  public String toJson() {
    var out = new StringBuilder(512);
    new ObjectWriter(out)
        .text("id", id)
        .text("uid", uid)
        .text("reference_id", referenceId)
        .text("company_id", companyId)
        .text("clid_raw", clidRaw)
        .text("clid", clid)
        .text("rdnis", rdnis)
        .text("call_state", String.valueOf(callState.number()))
        .text("event", event)
        .text("status", status)
        .texts("users", users)
        .text("created", created)
        .text("call_time", callTime)
        .text("public_ivr_id", publicIvrId)
        .text("client_ref_id", clientRefId)
        .text("job_id", jobId)
        .end();
    return out.toString();
  }

  /** Says what it is, not whose: call logs hold telephone numbers. */
  @Override
  public String toString() {
    return "in-call log: " + callState.words();
  }

  private static CallState stateOf(FieldReader fields) {
    return CallState.ofNumber(fields.small("call_state"))
        .orElseThrow(() -> new IllegalStateException("the reader lets only 1 to 9 pass"));
  }
}
