package io.switchhook.calllog.v2;

import java.util.Optional;

/** What a v2 event tells of a call. The vendor's pages and accounts spell three of them twice. */
public enum EventType {
  /** The call reached the server, or the server began to make it. */
  INITIATED("call.initiated"),
  /** The caller hears a menu. */
  IVR_STARTED("call.ivr_started"),
  /** Somebody is rung. */
  DIAL_BEGIN("call.dial_begin"),
  /** Somebody answered. */
  ANSWERED("call.answered"),
  /** The call ended. */
  END("call.end"),
  /** The whole call, with agents, departments and comments. */
  SUMMARY("call.summary"),
  /** An agent tagged the call. */
  DISPOSITION("disposition");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /** The type that {@code event_type} says; empty when it is none of a call. */
  public static Optional<EventType> of(String eventType) {
    return switch (eventType.strip()) {
      case "call.initiated" -> Optional.of(INITIATED);
      case "call.ivr_started" -> Optional.of(IVR_STARTED);
      case "call.dial_begin" -> Optional.of(DIAL_BEGIN);
      case "call.answered", "call.responded" -> Optional.of(ANSWERED);
      case "call.end", "call.ended" -> Optional.of(END);
      case "call.summary" -> Optional.of(SUMMARY);
      case "disposition", "call.disposition" -> Optional.of(DISPOSITION);
      default -> Optional.empty();
    };
  }

  /** It as it is written in {@code event_type}. */
  public String word() {
    return word;
  }
}
