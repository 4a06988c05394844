package io.switchhook.source;

import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source keeps for itself about a call, in the journal beside the call's events. From notes
 * an after-call log knows what in-call logs cannot say: legs and why they ended, recordings,
 * departments. A leg is named by what its phone system calls it, unique within the call.
 */
public sealed interface CallNote {
  /**
   * The call's first note, behind its first log.
   *
   * @param source the source's name
   * @param linkedId what its phone system calls it
   * @param at when it was born, which may be before its first log
   */
  record Began(String source, CallType type, String linkedId, Instant at) implements CallNote {}

  /** Another call of the phone system became part of this one. */
  record Took(String linkedId) implements CallNote {}

  /** A leg rang; {@code user} is null when it is the customer's. */
  record Rung(String leg, @Nullable Person user, Instant at) implements CallNote {}

  /** A leg was answered. */
  record Answered(String leg, Instant at) implements CallNote {}

  /** A leg handed the call over. */
  record Transferred(String leg, Instant at) implements CallNote {}

  /** A leg is over; the status tells why when it was never answered. */
  record Gone(String leg, DialStatus status, Instant at) implements CallNote {}

  /** The call lives on as another one. */
  record Joined(String survivorUid) implements CallNote {}

  /** The call is recorded. */
  record Recorded(String fileName, String url) implements CallNote {}

  /** The call belongs to a department. */
  record Belongs(String departmentId, String departmentName) implements CallNote {}

  /** The caller was given to a mailbox. */
  record Voicemail() implements CallNote {}

  /**
   * The call is over.
   *
   * @param afterCallDelay how long to wait for what else is told of it
   */
  record Ended(CallStatus status, Instant at, Duration afterCallDelay) implements CallNote {}

  /**
   * A user as notes keep them; what is not known is {@code ""}.
   *
   * @param listedAs what stands in {@code users}
   * @param number digits with the country code
   */
  record Person(
      String listedAs, String id, String name, String email, String extension, String number) {}
}
