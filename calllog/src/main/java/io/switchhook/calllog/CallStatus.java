package io.switchhook.calllog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended: the {@code status} of a final in-call log, {@code _su} of an after-call log.
 */
public enum CallStatus {
  CONNECTED(1, "connected"),
  MISSED(2, "missed"),
  VOICEMAIL(3, "voicemail");

  private final int number;
  private final String word;

  CallStatus(int number, String word) {
    this.number = number;
    this.word = word;
  }

  /** The status that a log's text says; empty when it says none or something else. */
  public static Optional<CallStatus> of(@Nullable String text) {
    return switch (text == null ? "" : text.strip()) {
      case "1" -> Optional.of(CONNECTED);
      case "2" -> Optional.of(MISSED);
      case "3" -> Optional.of(VOICEMAIL);
      default -> Optional.empty();
    };
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** It in one word. */
  public String word() {
    return word;
  }
}
