package io.switchhook.console;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.Direction;
import io.switchhook.history.CallFacts;
import org.jspecify.annotations.Nullable;

/** Says in words and marks what logs say of a call. */
public final class CallWords {
  private CallWords() {}

  /**
   * How a call stands, to look at. Each has a shape and a word besides its colour.
   *
   * @param mark names its colour and shape: {@code incoming}, {@code dialing}, {@code answered} …
   */
  public record Badge(String mark, String word) {}

  /** The badge of a call by what is known of it. */
  public static Badge badge(CallFacts facts) {
    return badge(facts.state(), facts.status());
  }

  /** The badge of a state; a final one says how the call ended when that is known. */
  public static Badge badge(@Nullable Integer state, @Nullable String status) {
    if (state == null) {
      return CallStatus.of(status).map(CallWords::ended).orElse(new Badge("unknown", "not known"));
    }
    return switch (state) {
      case 1 -> new Badge("incoming", "incoming");
      case 2 -> CallStatus.of(status).map(CallWords::ended).orElse(new Badge("ended", "ended"));
      case 3 -> new Badge("started", "started by user");
      case 4 -> new Badge("missed", "first party: no answer");
      case 5 -> new Badge("dialing", "dialing");
      case 6 -> new Badge("answered", "answered");
      case 7 -> new Badge("missed", "client rejected");
      case 9 -> new Badge("missed", "no user picked up");
      default -> new Badge("unknown", "state " + state);
    };
  }

  private static Badge ended(CallStatus status) {
    return switch (status) {
      case CONNECTED -> new Badge("ended", "ended");
      case MISSED -> new Badge("missed", "missed");
      case VOICEMAIL -> new Badge("voicemail", "voicemail");
    };
  }

  /** What a state means, in the vendor's words. */
  public static String state(int number) {
    return CallState.ofNumber(number).map(CallState::words).orElse("state " + number);
  }

  /** {@code incoming} or {@code outgoing}; {@code ""} when the log does not say. */
  public static String direction(CallFacts facts) {
    return facts.direction() == null
        ? ""
        : Direction.of(facts.direction().toString()).map(Direction::word).orElse("");
  }

  /** The customer's number as it is shown; {@code ""} when it is not known. */
  public static String number(CallFacts facts) {
    var raw = facts.clidRaw();
    if (raw == null) {
      return facts.clid() == null ? "" : facts.clid();
    }
    return raw.chars().allMatch(Character::isDigit) ? "+" + raw : raw;
  }
}
