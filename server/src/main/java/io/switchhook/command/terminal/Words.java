package io.switchhook.command.terminal;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.Direction;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Says in words what logs and answers say in codes. */
public final class Words {
  private Words() {}

  /** A call state's number in words; a dash when there is none. */
  public static String state(String number) {
    return number.length() == 1 && Character.isDigit(number.charAt(0))
        ? CallState.ofNumber(number.charAt(0) - '0').map(CallState::words).orElse(number)
        : orDash(number);
  }

  /** {@code connected}, {@code missed}, {@code voicemail}; empty when the log does not say. */
  public static String status(String number) {
    return CallStatus.of(number).map(CallStatus::word).orElse("");
  }

  /** {@code incoming}, {@code outgoing}; a dash when the log does not say. */
  public static String direction(String number) {
    return Direction.of(number).map(Direction::word).orElse("–");
  }

  /** The kind of an event. */
  public static String kind(String word) {
    return switch (word) {
      case "in_call" -> "in-call log";
      case "after_call" -> "after-call log";
      default -> word;
    };
  }

  /** How a delivery stands. */
  public static String outcome(String word) {
    return switch (word) {
      case "pending" -> "waiting";
      case "failed" -> "failing, tried again";
      case "given_up_exhausted" -> "given up: all attempts failed";
      case "given_up_expired" -> "given up: too old to be told";
      case "given_up_superseded" -> "given up: a later event came";
      case "given_up_disabled" -> "given up: webhook disabled";
      case "given_up_retention" -> "given up: no longer kept";
      case "no_webhook" -> "no webhook wants it";
      default -> word;
    };
  }

  /** The emphasis for how a delivery stands. */
  public static UnaryOperator<String> emphasis(String outcome, Ink ink) {
    if (outcome.equals("delivered")) {
      return ink::good;
    }
    return switch (outcome) {
      case "pending" -> ink::faint;
      case "failed" -> ink::warning;
      default -> outcome.startsWith("given_up") ? ink::bad : UnaryOperator.identity();
    };
  }

  /** {@code 1 event}, {@code 2 events}, {@code 1,234 events}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d ", number) + noun + (number == 1 ? "" : "s");
  }

  /** The text, or a dash when it is empty. */
  public static String orDash(String text) {
    return text.isEmpty() ? "–" : text;
  }
}
