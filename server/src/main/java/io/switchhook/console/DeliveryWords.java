package io.switchhook.console;

import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;

/** Says in words and marks how deliveries stand. */
public final class DeliveryWords {
  private DeliveryWords() {}

  /** The badge of an outcome. */
  public static CallWords.Badge badge(DeliveryOutcome outcome) {
    return switch (outcome) {
      case PENDING -> new CallWords.Badge("waiting", "waiting");
      case FAILED -> new CallWords.Badge("failing", "failing, tried again");
      case DELIVERED -> new CallWords.Badge("delivered", "delivered");
      case GIVEN_UP_EXHAUSTED -> new CallWords.Badge("given-up", "given up: all attempts failed");
      case GIVEN_UP_EXPIRED -> new CallWords.Badge("given-up", "given up: too old to be told");
      case GIVEN_UP_SUPERSEDED -> new CallWords.Badge("given-up", "given up: a later event came");
      case GIVEN_UP_DISABLED -> new CallWords.Badge("given-up", "given up: webhook disabled");
      case GIVEN_UP_RETENTION -> new CallWords.Badge("given-up", "given up: no longer kept");
      case NO_WEBHOOK -> new CallWords.Badge("unknown", "no webhook wants it");
    };
  }

  /** What was tried, in a few words: {@code 3 attempts, the last: 503 from crm.example.com}. */
  public static String attempts(DeliveryRow row) {
    if (row.attempts().isEmpty()) {
      return row.detailsLost()
          ? "attempts were not kept"
          : row.outcome().isGivenUp() ? "never tried" : "not tried yet";
    }
    var last = row.attempts().getLast();
    var words = last.words() + " in " + Texts.length(last.took());
    return row.attempts().size() == 1
        ? words
        : Texts.count(row.attempts().size(), "attempt") + ", the last: " + words;
  }
}
