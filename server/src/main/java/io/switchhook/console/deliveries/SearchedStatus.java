package io.switchhook.console.deliveries;

import io.switchhook.history.FailureFilter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The status of answers as somebody searches for it: {@code 503}, {@code 5xx}, {@code none}; {@code
 * 2xx} are those that were accepted.
 */
sealed interface SearchedStatus {
  Pattern NUMBER = Pattern.compile("[1-5][0-9]{2}");
  Pattern CLASS = Pattern.compile("[1-5]xx");

  /** Answers with another status, or none. */
  record Failed(FailureFilter filter) implements SearchedStatus {}

  /** Answers 200 to 299. */
  record Accepted() implements SearchedStatus {}

  /** Reads it; empty when it is none. */
  static Optional<SearchedStatus> read(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    if (word.equals("none")) {
      return Optional.of(new Failed(new FailureFilter.NoAnswer()));
    }
    if (!NUMBER.matcher(word).matches() && !CLASS.matcher(word).matches()) {
      return Optional.empty();
    }
    if (word.equals("2xx")) {
      return Optional.of(new Accepted());
    }
    if (word.endsWith("xx")) {
      int first = (word.charAt(0) - '0') * 100;
      return Optional.of(new Failed(new FailureFilter.Status(first, first + 99)));
    }
    int status = Integer.parseInt(word);
    return status / 100 == 2
        ? Optional.empty()
        : Optional.of(new Failed(new FailureFilter.Status(status, status)));
  }
}
