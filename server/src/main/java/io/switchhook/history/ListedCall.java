package io.switchhook.history;

import io.switchhook.event.CallId;
import java.time.Instant;

/**
 * A call as lists show it, as a fold over its events: the same result however often an event is
 * heard again.
 *
 * @param startedAt acceptance of its first event
 * @param lastAt acceptance of its last event
 * @param lastOffset of its last event
 * @param events the highest sequence
 */
public record ListedCall(
    Instant startedAt, Instant lastAt, long lastOffset, int events, CallFacts facts) {

  /** The call when only this event is known. */
  public static ListedCall of(Change.Heard heard) {
    var event = heard.event();
    return new ListedCall(
        event.acceptedAt(), event.acceptedAt(), event.offset(), event.sequence(), heard.facts());
  }

  /** The call when this event, too, is known. */
  public ListedCall after(Change.Heard heard) {
    var event = heard.event();
    var isLast = event.offset() >= lastOffset;
    return new ListedCall(
        startedAt.isBefore(event.acceptedAt()) ? startedAt : event.acceptedAt(),
        isLast ? event.acceptedAt() : lastAt,
        Math.max(lastOffset, event.offset()),
        Math.max(events, event.sequence()),
        isLast ? facts.then(heard.facts()) : heard.facts().then(facts));
  }

  /** The digits of a number as a log writes it: what searches compare with. */
  public static String digits(String number) {
    var digits = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char character = number.charAt(i);
      if (character >= '0' && character <= '9') {
        digits.append(character);
      }
    }
    return digits.toString();
  }

  /** The call in a list. */
  public CallSummary summary(CallId call) {
    return new CallSummary(call, startedAt, lastAt, events, facts);
  }
}
