package io.switchhook.calllog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code event} of an in-call log and the {@code _ev} of an after-call log. */
public enum Direction {
  INCOMING(1, "incoming"),
  OUTGOING(2, "outgoing");

  private final int number;
  private final String word;

  Direction(int number, String word) {
    this.number = number;
    this.word = word;
  }

  /** The direction that a log's text says; empty when it says none or something else. */
  public static Optional<Direction> of(@Nullable String text) {
    return switch (text == null ? "" : text.strip()) {
      case "1" -> Optional.of(INCOMING);
      case "2" -> Optional.of(OUTGOING);
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
