package io.switchhook.history;

import io.switchhook.delivery.GiveUp.Reason;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a delivery stands. The codes are stored and the words are the API's: neither ever changes
 * meaning.
 */
public enum DeliveryOutcome {
  /** No attempt has ended yet. */
  PENDING(1, "pending"),
  /** The last attempt failed; it is tried again. */
  FAILED(2, "failed"),
  /** A 2xx answer came. */
  DELIVERED(3, "delivered"),
  /** Given up: every attempt failed, or the answer was one that no retry mends. */
  GIVEN_UP_EXHAUSTED(4, "given_up_exhausted"),
  /** Given up: it waited longer than its time to live. */
  GIVEN_UP_EXPIRED(5, "given_up_expired"),
  /** Given up: a later event of its call made it stale. */
  GIVEN_UP_SUPERSEDED(6, "given_up_superseded"),
  /** Given up: the webhook was disabled. */
  GIVEN_UP_DISABLED(7, "given_up_disabled"),
  /** Given up: the journal no longer keeps it. */
  GIVEN_UP_RETENTION(8, "given_up_retention"),
  /** The event matched no webhook: there is nothing to deliver. */
  NO_WEBHOOK(9, "no_webhook");

  private final int code;
  private final String word;

  DeliveryOutcome(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** The word of the API. */
  public String word() {
    return word;
  }

  /** The outcome with this stored number. */
  public static DeliveryOutcome ofCode(int code) {
    return values()[code - 1];
  }

  /** The outcome with this word; empty when there is none. */
  public static Optional<DeliveryOutcome> ofWord(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word.equals(word)).findFirst();
  }

  /** The outcome of a delivery that was given up for this reason. */
  public static DeliveryOutcome givenUp(Reason reason) {
    return switch (reason) {
      case EXHAUSTED -> GIVEN_UP_EXHAUSTED;
      case EXPIRED -> GIVEN_UP_EXPIRED;
      case SUPERSEDED -> GIVEN_UP_SUPERSEDED;
      case DISABLED -> GIVEN_UP_DISABLED;
      case RETENTION -> GIVEN_UP_RETENTION;
      case TOLD_BY_REPLAY -> DELIVERED;
    };
  }

  /** True when it was given up, for whatever reason. */
  public boolean isGivenUp() {
    return isFinal() && this != DELIVERED && this != NO_WEBHOOK;
  }

  /** True when nothing more is going to happen by itself. */
  public boolean isFinal() {
    return this != PENDING && this != FAILED;
  }

  /**
   * What a delivery that stood at {@code this} stands at when {@code heard} is heard of it, maybe
   * again, maybe late: only a failure that is still retried gives way to a give-up, and a success
   * is never taken back.
   */
  DeliveryOutcome after(DeliveryOutcome heard) {
    if (heard == DELIVERED) {
      return DELIVERED;
    }
    return isFinal() || heard == PENDING ? this : heard;
  }
}
